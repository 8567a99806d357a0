/** Strict JSON as a tree that knows where each value stands, and keeps what a plain value cannot: doubled keys. */

import { type Expected, maxJsonDepth, type Open, type ScanState, scanStart, scanToken } from './json-scan.js';
import { lastAtMost } from './last-at-most.js';

export type JsonScalar = string | number | boolean | null;

interface Standing {
  /** Offsets in the text: of the first character, and of the first one after. */
  readonly at: number;
  readonly end: number;
}

export interface JsonMember {
  readonly key: string;
  /** Offsets of the key. */
  readonly keyAt: number;
  readonly keyEnd: number;
  readonly value: JsonTree;
}

export type JsonTree = Standing &
  (
    | { readonly type: 'object'; readonly members: readonly JsonMember[] }
    | { readonly type: 'array'; readonly values: readonly JsonTree[] }
    | { readonly type: 'scalar'; readonly value: JsonScalar }
  );

/** Why a text is no JSON, and where it stops being so. */
export class JsonProblem extends Error {
  constructor(
    readonly at: number,
    message: string,
    readonly isTooDeep = false,
  ) {
    super(message);
  }
}

type Container = { at: number; end: number } & (
  | { type: 'object'; members: JsonMember[]; key?: Omit<JsonMember, 'value'> }
  | { type: 'array'; values: JsonTree[] }
);

/** Reads strict JSON. Throws a JsonProblem. */
export function parseJsonTree(text: string): JsonTree {
  const open: Container[] = [];
  let root: JsonTree | undefined;
  const place = (value: JsonTree) => {
    const parent = open.at(-1);
    if (parent?.type === 'array') parent.values.push(value);
    else if (parent?.key) parent.members.push({ ...parent.key, value });
    else root = value;
  };
  for (let state = scanStart; ; ) {
    const next = scanToken(text, state);
    if (typeof next === 'number') throw problemAt(text, next, state);
    if (next === undefined) break;
    const { from: at, at: end } = next;
    const character = text.charAt(at);
    if (character === '{' || character === '[') {
      const container: Container =
        character === '{' ? { type: 'object', members: [], at, end } : { type: 'array', values: [], at, end };
      place(container);
      open.push(container);
    } else if (character === '}' || character === ']') {
      const container = open.pop();
      if (container) container.end = end;
    } else if (character !== ',' && character !== ':') {
      const value = JSON.parse(text.slice(at, end)) as JsonScalar;
      const parent = open.at(-1);
      if (next.expected === ':' && parent?.type === 'object')
        parent.key = { key: String(value), keyAt: at, keyEnd: end };
      else place({ type: 'scalar', value, at, end });
    }
    state = next;
  }
  return root ?? { type: 'scalar', value: null, at: 0, end: 0 };
}

function problemAt(text: string, at: number, { expected, open }: ScanState): JsonProblem {
  if (open?.depth === maxJsonDepth && /[{[]/.test(text.charAt(at)))
    return new JsonProblem(at, `lists and objects are nested deeper than ${maxJsonDepth}`, true);
  const found = at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0)) : 'the end';
  return new JsonProblem(at, `${inWords(expected, open)} was expected, not ${found}`);
}

function inWords(expected: Expected, open: Open | undefined): string {
  switch (expected) {
    case ',':
      return open?.bracket === '{' ? '“,” or “}”' : '“,” or “]”';
    case ':':
      return '“:”';
    case 'end':
      return 'the end';
    case 'key':
    case 'key or }':
      return 'a key in double quotes';
    case 'value':
    case 'value or ]':
      return 'a value';
    default:
      return expected satisfies never;
  }
}

const plainName = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** A JSON path one step on: `$.script[0].events`, `$["Scene Description"]`. */
export const stepInto = (path: string, step: string | number): string =>
  typeof step === 'number'
    ? `${path}[${step}]`
    : plainName.test(step)
      ? `${path}.${step}`
      : `${path}[${JSON.stringify(step)}]`;

export interface FoundTree {
  readonly path: string;
  readonly tree: JsonTree;
  /** Set where the offset lies in a key: `path` and `tree` are of its value. */
  readonly key?: JsonMember;
}

/** The innermost value, or key, that holds an offset; `sourceOf` brings the tree's offsets to those of the asker. */
export function findTree(root: JsonTree, offset: number, sourceOf: (offset: number) => number): FoundTree {
  let found: FoundTree = { path: '$', tree: root };
  for (;;) {
    const { tree, path } = found;
    if (tree.type === 'scalar') return found;
    const index =
      tree.type === 'object'
        ? lastAtMost(tree.members, ({ keyAt }) => sourceOf(keyAt), offset)
        : lastAtMost(tree.values, ({ at }) => sourceOf(at), offset);
    const member = tree.type === 'object' ? tree.members[index] : undefined;
    const held = tree.type === 'object' ? member?.value : tree.values[index];
    if (!held || offset >= sourceOf(held.end)) return found;
    const step = member ? member.key : index;
    if (member && offset < sourceOf(member.value.at)) return { path: stepInto(path, step), tree: held, key: member };
    found = { path: stepInto(path, step), tree: held };
  }
}

/** The value at the end of some steps; of doubled keys, the last. */
export function treeAt(tree: JsonTree, steps: readonly (string | number)[]): JsonTree | undefined {
  let inner: JsonTree | undefined = tree;
  for (const step of steps) {
    if (inner?.type === 'object') inner = inner.members.findLast(({ key }) => key === step)?.value;
    else if (inner?.type === 'array') inner = inner.values[Number(step)];
    else return undefined;
  }
  return inner;
}

/** Every scalar below a value, in order. */
export function leavesOf(value: unknown): JsonScalar[] {
  const found: JsonScalar[] = [];
  const visit = (inner: unknown) => {
    if (Array.isArray(inner)) inner.forEach(visit);
    else if (typeof inner === 'object' && inner !== null) Object.values(inner).forEach(visit);
    else if (inner !== undefined) found.push(inner as JsonScalar);
  };
  visit(value);
  return found;
}

/** Every key below a value, in order. */
export function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...keysOf(inner)]);
}
