import { JSONRepairError, jsonrepair } from 'jsonrepair';
import { FabulaError } from '../../../schema/errors.js';
import { applyEdits, type ChangedText, chain, type Difference } from './changed-text.js';
import { explain, type OffsetItem } from './explain.js';
import { locateJson } from './json-in-prose.js';
import { JsonProblem, type JsonTree, parseJsonTree, treeAt } from './json-tree.js';
import { notationOf } from './loose-scan.js';
import { findDamage } from './mend-damage.js';
import { plainValue } from './plain-json.js';
import type { RepairItem } from './repair-report.js';
import { placesIn, type TextPlace } from './text-places.js';
import { traceRepair } from './tracers.js';
import { findUnaccounted } from './unaccounted.js';

export interface RepairedJson {
  readonly value: unknown;
  /** All that was changed and lost, in the order of the text. */
  readonly report: readonly RepairItem[];
  /** Where in the text the value at the end of some steps stands. */
  readonly placeOf: (steps: readonly (string | number)[]) => TextPlace;
}

/** Longer texts are refused, in UTF-16 units: whole, and when they need repair. */
const longestText = 2 ** 26;
const longestRepair = 2 ** 24;
const longestRest = 2 ** 15;

/**
 * Reads JSON, mending what is certain: talk and fences around it, comments, commas, quotes, brackets, escapes, literals
 * of other languages, numbers that are none, doubled keys, a text that breaks off. SCRIPT_UNREADABLE, with line and
 * column, where the meaning is not certain.
 */
export function repairJson(text: string): RepairedJson {
  if (text.length > longestText) throw unreadable(`it has more than ${longestText} characters`);
  const placeAt = placesIn(text);
  const { tree, changed, items, damage } = read(text, placeAt);
  const { sourceOf } = changed;
  const found: OffsetItem[] = [...items];
  const isBare = (at: number) => !/["'“”‘’`´]/.test(text.charAt(sourceOf(at)));
  const value = plainValue(tree, changed.text, isBare, ({ at, ...unheld }) =>
    found.push({ ...unheld, at: sourceOf(at), what: unheld.now ? 'CHANGED' : 'LOST' }),
  );
  found.push(...findUnaccounted(text, damage, { value, items: found, tree, sourceOf }));
  return {
    value,
    report: found.sort((one, other) => one.at - other.at).map(({ at, ...item }) => ({ ...item, ...placeAt(at) })),
    placeOf: (steps) => placeAt(sourceOf(treeAt(tree, steps)?.at ?? 0)),
  };
}

interface Read {
  readonly tree: JsonTree;
  /** The strict JSON that the tree is of. */
  readonly changed: ChangedText;
  readonly items: readonly OffsetItem[];
  /** What was done to the JSON itself, with offsets in the text. */
  readonly damage: readonly Difference[];
}

function read(text: string, placeAt: (offset: number) => TextPlace): Read {
  try {
    return { tree: parseJsonTree(text), changed: applyEdits(text, []), items: [], damage: [] };
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    if (error.isTooDeep || text.length > longestRepair) throw unreadable(error.message, placeAt(error.at));
    const located = locateJson(text);
    if (!located) throw unreadable('there is no JSON in it', placeAt(error.at));
    const { at, end } = located;
    const body = applyEdits(text, [
      { at: 0, end: at, added: '' },
      { at: end, end: text.length, added: '' },
    ]);
    const mended = mend(body.text);
    if (mended instanceof JsonProblem) throw unreadable(mended.message, placeAt(body.sourceOf(mended.at)));
    const changed = chain(body, mended.changed);
    const own = mended.changed.differences.map((difference) => ({
      ...difference,
      at: difference.at + at,
      end: difference.end + at,
    }));
    const items = [
      ...talk(text, 0, at),
      ...talk(text, end, text.length),
      ...explain(text, own, mended.tree, changed.sourceOf),
    ];
    return { tree: mended.tree, changed, items, damage: own };
  }
}

/** What stands around the JSON. */
function talk(text: string, from: number, to: number): OffsetItem[] {
  const said = text.slice(from, to).replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
  if (said === '') return [];
  return [
    { at: text.indexOf(said, from), what: 'LOST', path: '$', reason: 'Text around the JSON is not kept.', text: said },
  ];
}

type Mended = Pick<Read, 'tree' | 'changed'>;

/**
 * Strict JSON out of broken JSON: by other notations and few edits, by what `jsonrepair` knows besides, and at last by
 * leaving out what makes no sense. Where none of them leads to it: the problem that stands furthest on.
 */
function mend(text: string): Mended | JsonProblem {
  const edits = findDamage(text, false);
  const attempts = [
    () => attempt(text, edits, rewriteNotation),
    () => attempt(text, edits, rewriteRest),
    () => attempt(text, [], rewriteRest),
    () => attempt(text, findDamage(text, true), rewriteNotation),
  ];
  let problem = new JsonProblem(0, 'this is no JSON');
  for (const next of attempts) {
    const outcome = next();
    if (!(outcome instanceof JsonProblem)) return outcome;
    if (outcome.at >= problem.at) problem = outcome;
  }
  return problem;
}

type Rewrite = (text: string) => ChangedText;
const rewriteNotation: Rewrite = (text) => applyEdits(text, notationOf(text));
/** Joined strings, lines of JSON, calls of functions: what costs `jsonrepair` time that grows with the square. */
const rewriteRest: Rewrite = (text) => {
  if (text.length > longestRest) throw new JsonProblem(0, 'the text is too long to repair');
  return traceRepair(text, repairRest);
};

function attempt(text: string, edits: readonly Difference[], rewrite: Rewrite): Mended | JsonProblem {
  const edited = applyEdits(text, edits);
  try {
    const rewritten = rewrite(edited.text);
    const tree = parseJsonTree(rewritten.text);
    refuseStructureAsText(tree, edited.text, rewritten.sourceOf);
    return { tree, changed: chain(edited, rewritten) };
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    return new JsonProblem(edited.sourceOf(error.at), error.message);
  }
}

/** What `jsonrepair` makes of a text. */
function repairRest(text: string): string {
  try {
    return jsonrepair(text);
  } catch (error) {
    if (error instanceof JSONRepairError)
      throw new JsonProblem(error.position, error.message.replace(/ at position \d+$/, ''));
    if (error instanceof RangeError) throw new JsonProblem(0, 'it is nested too deeply', true);
    throw error;
  }
}

/** Throws a JsonProblem where a string without quotation marks was made of what looks like structure. */
function refuseStructureAsText(tree: JsonTree, source: string, sourceOf: (offset: number) => number): void {
  const refuse = (text: string, at: number) => {
    if (/[{}[\],"#]|:\s|^:|^\s*$/.test(text) && !/["'“”‘’`´]/.test(source.charAt(sourceOf(at))))
      throw new JsonProblem(sourceOf(at), 'which text belongs to which value is not certain');
  };
  const visit = (inner: JsonTree) => {
    if (inner.type === 'array') inner.values.forEach(visit);
    else if (inner.type === 'scalar') {
      if (typeof inner.value === 'string') refuse(inner.value, inner.at);
    } else
      for (const { key, keyAt, value } of inner.members) {
        refuse(key, keyAt);
        visit(value);
      }
  };
  visit(tree);
}

const unreadable = (why: string, { line, column }: Partial<TextPlace> = {}) =>
  new FabulaError(
    'SCRIPT_UNREADABLE',
    `${line === undefined ? '' : `Line ${line}, column ${column}: `}${why}.`,
    'Mend it there, or set FABULA_LLM_URL to have a language model try.',
  );
