/** People's verdicts on a packet made edits of the graph. */
import type { Store } from '../graph/store.js';
import { checkCorrection } from '../schema/correction.js';
import type { Edit } from '../schema/edit.js';
import type { NodeKind } from '../schema/enums.js';
import { type ErrorCode, FabulaError } from '../schema/errors.js';
import { nodesOf } from '../schema/narrative.js';
import { shownValues } from '../src/narrative/calibration/calibration-item.js';
import { type ItemOutcome, type Judgement, outcomesOf } from '../src/narrative/calibration/verdict.js';
import { correctWho } from './correct-who.js';

export interface AppliedVerdicts {
  /** Corrections made, or, when only tried, that would be made. */
  readonly corrections: number;
  readonly edits: readonly Edit[];
  /** Corrections that were made before. */
  readonly already: number;
  readonly refused: readonly RefusedVerdict[];
}

export interface RefusedVerdict {
  readonly nodeId: string;
  readonly field: string;
  readonly code: ErrorCode;
  readonly why: string;
}

/**
 * Corrects what the judgements say is wrong. What has changed since the form was written is left alone and told
 * (CONFLICT), like what cannot be corrected so (INVALID_INPUT) and what is not there (NOT_FOUND). Applying the same
 * judgements again changes nothing.
 */
export async function applyVerdicts(
  store: Store,
  judgements: readonly Judgement[],
  { author, isTrial = false }: { readonly author: string; readonly isTrial?: boolean },
): Promise<AppliedVerdicts> {
  const wanted = outcomesOf(judgements).filter(({ correction }) => correction);
  const edits: Edit[] = [];
  const refused: RefusedVerdict[] = [];
  let corrections = 0;
  let already = 0;
  for (const [episodeId, outcomes] of byEpisode(wanted)) {
    const look = await looker(store, episodeId);
    for (const { item, correction } of outcomes) {
      const { nodeId, field } = item;
      const value = correction?.value ?? null;
      try {
        const seen = look(nodeId, field);
        if (isSameText(seen.value, value)) {
          already++;
          continue;
        }
        if (!isSameText(seen.value, item.value))
          throw new FabulaError('CONFLICT', 'It says something else now than in the form.');
        if (field !== 'personId') checkCorrection(seen.kind, field, value);
        corrections++;
        if (isTrial) continue;
        if (field === 'personId')
          edits.push(...(await correctWho(store, { nodeId, kind: seen.kind, name: value, author })));
        else edits.push(await store.correct({ nodeId, field, value, author }));
      } catch (error) {
        if (!(error instanceof FabulaError)) throw error;
        refused.push({ nodeId, field, code: error.code, why: error.message });
      }
    }
  }
  return { corrections, edits, already, refused };
}

function byEpisode(outcomes: readonly ItemOutcome[]): Map<string, ItemOutcome[]> {
  const grouped = new Map<string, ItemOutcome[]>();
  for (const outcome of outcomes) {
    const { episodeId } = outcome.item;
    grouped.set(episodeId, [...(grouped.get(episodeId) ?? []), outcome]);
  }
  return grouped;
}

/** What the graph shows now. */
async function looker(store: Store, episodeId: string) {
  const narrative = await store.readNarrative(episodeId, 'effective');
  const nodes = new Map(narrative ? [...nodesOf(narrative)].map((node) => [node.id, node]) : []);
  const shown = narrative ? shownValues(narrative) : () => undefined;
  return (nodeId: string, field: string): { readonly kind: NodeKind; readonly value: string | null } => {
    const node = nodes.get(nodeId);
    if (!node) throw new FabulaError('NOT_FOUND', 'There is no such node in that episode.');
    return { kind: node.kind, value: shown(node, field) ?? null };
  };
}

/** Spreadsheets and forms may end lines in their own way. */
const isSameText = (one: string | null, other: string | null): boolean => tidy(one) === tidy(other);
const tidy = (text: string | null) => text?.replaceAll('\r\n', '\n').trim() ?? null;
