import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { checkCorrection } from '../../schema/correction.js';
import type { Edit } from '../../schema/edit.js';
import { FabulaError } from '../../schema/errors.js';
import { type Narrative, nodesOf, validateNarrative } from '../../schema/narrative.js';
import type { DeriveNarrative } from '../store.js';
import type { DatabaseThread } from './database-thread.js';
import type { Grounds } from './edits.js';

const deflate = promisify(deflateRaw);

/** How often a narrative is derived anew because another write came between. */
const mostTries = 100;

export interface Correction {
  readonly nodeId: string;
  readonly field: string;
  readonly value: unknown;
  readonly author: string;
}

/**
 * Writes that derive. What is effective is worked out here, over what was read at one revision, and written only if
 * that revision still stands: an edit made in between is never lost.
 */
export function derivedWrites(
  reads: DatabaseThread<'reads'>,
  writes: DatabaseThread<'writes'>,
  derive: DeriveNarrative,
  log?: { info(fields: object, message: string): void },
) {
  async function replaceEpisode(base: Narrative): Promise<readonly Edit[]> {
    validateNarrative(base);
    return write(async () => {
      const held = await reads.ask('grounds', 'episode', base.episode.id, false);
      return { revision: held?.revision ?? 0, edits: held?.edits ?? [], base, isNew: true };
    });
  }

  async function correct(change: Correction): Promise<Edit> {
    const id = `edit:${randomUUID()}`;
    const at = new Date().toISOString();
    const edits = await write(async () => {
      const { revision, edits, base } = await groundsOf('node', change.nodeId);
      const node = [...nodesOf(base)].find((candidate) => candidate.id === change.nodeId);
      if (!node) throw new FabulaError('NOT_FOUND', `No node of the analysis has the id ${change.nodeId}.`);
      checkCorrection(node.kind, change.field, change.value);
      const { startMs, endMs, atMs } = node as { startMs?: number; endMs?: number; atMs?: number };
      const edit: Edit = {
        id,
        kind: 'Edit',
        episodeId: node.episodeId,
        at,
        author: change.author,
        operation: { operation: 'CORRECT', field: change.field, value: change.value },
        anchor: {
          nodeId: node.id,
          kind: node.kind,
          startMs: startMs ?? atMs,
          endMs: endMs ?? (atMs === undefined ? undefined : atMs + 1),
          oldValue: (node as unknown as Record<string, unknown>)[change.field],
        },
        state: 'APPLIED',
      };
      return { revision, edits: [...edits, edit], base, isNew: false };
    });
    return editOf(edits, id);
  }

  async function undo(editId: string): Promise<Edit> {
    const edits = await write(async () => {
      const { revision, edits, base } = await groundsOf('edit', editId);
      if (editOf(edits, editId).state === 'UNDONE')
        throw new FabulaError('CONFLICT', `The edit ${editId} is undone already.`);
      const undone = edits.map((edit) => (edit.id === editId ? { ...edit, state: 'UNDONE' as const } : edit));
      return { revision, edits: undone, base, isNew: false };
    });
    return editOf(edits, editId);
  }

  /** Derives from what `prepare` reads and writes the answer, again and again until nobody has written in between. */
  async function write(
    prepare: () => Promise<Required<Grounds> & { readonly isNew: boolean }>,
  ): Promise<readonly Edit[]> {
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const { revision, edits: before, base, isNew } = await prepare();
      const { effective, edits } = derive(base, before);
      if (effective !== base) validateNarrative(effective);
      const text = JSON.stringify(effective);
      const written = await writes.ask('writeEpisode', {
        effective: text,
        base: isNew ? await deflate(effective === base ? text : JSON.stringify(base), { level: 1 }) : undefined,
        edits,
        revision,
      });
      if (written === 'written') return edits;
      log?.info({ episodeId: base.episode.id, attempt }, 'The episode was changed meanwhile; deriving it anew.');
    }
    throw new FabulaError('CONFLICT', 'Others keep changing this episode.', 'Try again.');
  }

  async function groundsOf(of: 'node' | 'edit', id: string): Promise<Required<Grounds>> {
    const { revision, edits, base } = (await reads.ask('grounds', of, id, true)) ?? {};
    if (revision === undefined || !edits || !base) throw new FabulaError('NOT_FOUND', `No ${of} has the id ${id}.`);
    return { revision, edits, base };
  }

  return { replaceEpisode, correct, undo };
}

function editOf(edits: readonly Edit[], id: string): Edit {
  const edit = edits.find((candidate) => candidate.id === id);
  if (!edit) throw new FabulaError('NOT_FOUND', `No edit has the id ${id}.`);
  return edit;
}
