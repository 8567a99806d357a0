import type { Database } from 'better-sqlite3';
import type { NodeKind } from '../../schema/enums.js';
import type { Brought, Neighbour } from '../store.js';
import { type Json, jsonList, jsonOf } from './json.js';

/** A node whose neighbours are asked for. */
interface Stored {
  readonly row: number;
  readonly id: string;
  readonly json: string;
}

interface Child extends Stored {
  /** Row of the node that it names. */
  readonly parent: number;
  readonly startMs: number;
}

/** Most children that one statement brings, and the fewest of one parent for which it is asked: it brings them all. */
const mostAtOnce = 5_000;
const fewestAtOnce = 10;

const inOrder = (a: Child, b: Child) => a.startMs - b.startMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

type Reads = ReturnType<typeof reads>;

/** What reads nodes one by one or by their parents; `column` is the one their JSON is read from. */
const reads = (db: Database, column: 'body' | 'whole') => ({
  nodeOf: db.prepare<[string], string>(`SELECT ${column} FROM node WHERE id = ?`).pluck(),
  childrenOf: db.prepare<[number, string, number], Stored>(
    `SELECT n.row, n.id, n.${column} AS json FROM link l JOIN node n ON n.row = l.node
     WHERE l.parent = ? AND l.kind = ? ORDER BY l.start_ms, n.id LIMIT ?`,
  ),
  childrenOfAll: db.prepare<[string, string, number], Child>(
    `SELECT p.value AS parent, n.row, n.id, n.${column} AS json, l.start_ms AS startMs
     FROM json_each(?) p CROSS JOIN link l ON l.parent = p.value AND l.kind = ? JOIN node n ON n.row = l.node LIMIT ?`,
  ),
});

/** Brings the neighbours of nodes along with them, so that the host need not ask again. */
export function neighbourBringer(db: Database) {
  const statements = { brief: reads(db, 'body'), whole: reads(db, 'whole') };
  const characterOf = db
    .prepare<[string], string>(
      `SELECT c.body FROM node p JOIN persona ON person = p.row JOIN node c ON c.row = character WHERE p.id = ?`,
    )
    .pluck();

  /** Of each parent its first children, by time, then id: in one statement, which costs more than some rows. */
  const families = (
    of: Reads,
    parents: readonly Stored[],
    kind: NodeKind,
    limit: number,
  ): readonly (readonly Stored[])[] => {
    const rows = [...new Set(parents.map(({ row }) => row))];
    const found = limit < fewestAtOnce ? undefined : of.childrenOfAll.all(JSON.stringify(rows), kind, mostAtOnce);
    if (!found || found.length === mostAtOnce) return parents.map(({ row }) => of.childrenOf.all(row, kind, limit));
    const byParent = new Map<number, Child[]>(rows.map((row) => [row, []]));
    for (const child of found) byParent.get(child.parent)?.push(child);
    return parents.map(({ row }) => (byParent.get(row) ?? []).toSorted(inOrder).slice(0, limit));
  };

  return (stored: readonly Stored[], along: readonly Neighbour[], isBrief: boolean): Json<Brought> => {
    const of = statements[isBrief ? 'brief' : 'whole'];
    const nodes = new Map<string, string>();
    const characters = new Map<string, string>();
    const told: string[] = [];
    const note = (found: Map<string, string>, ids: readonly string[], jsonById: (id: string) => string | undefined) => {
      for (const id of ids) {
        const json = found.has(id) ? undefined : jsonById(id);
        if (json !== undefined) found.set(id, json);
      }
    };
    const bring = (around: readonly Stored[], wanted: readonly Neighbour[]): void => {
      for (const neighbour of wanted)
        switch (neighbour.by) {
          case 'reference':
            note(nodes, namedIn(around, neighbour.field), (id) => of.nodeOf.get(id));
            break;
          case 'character':
            note(characters, namedIn(around, neighbour.field), (id) => characterOf.get(id));
            break;
          case 'parent': {
            const { kind, limit } = neighbour;
            const found = families(of, around, kind, limit);
            for (const [n, { id }] of around.entries()) {
              const family = jsonOf({ kind, limit, parentId: id }).slice(0, -1);
              told.push(`${family},"nodes":${jsonList((found[n] ?? []).map(({ json }) => json))}}`);
            }
            bring(found.flat(), neighbour.along);
            break;
          }
          default:
            throw new Error(`No such neighbour: ${neighbour satisfies never}`);
        }
    };
    bring(stored, along);
    const persons = [...characters].map(([id, json]) => `{"personId":${JSON.stringify(id)},"character":${json}}`);
    return `{"nodes":${jsonList([...nodes.values()])},"characters":${jsonList(persons)},"children":${jsonList(told)}}`;
  };
}

/**
 * Ids in a reference field of nodes: all texts, and lists of texts, that stand under its name wherever in a node, which
 * costs a fraction of parsing it. What is brought without need is not looked at; a quote inside a text is escaped, so
 * no text can look like a field.
 */
function namedIn(stored: readonly Stored[], field: string): readonly string[] {
  const values = new RegExp(`"${field}":(${text}|\\[(?:${text},?)*\\])`, 'g');
  const ids = new Set<string>();
  for (const { json } of stored)
    for (const [, value = '[]'] of json.matchAll(values))
      for (const id of [JSON.parse(value) as string | readonly string[]].flat()) ids.add(id);
  return [...ids];
}

/** A text as JSON.stringify writes it. */
const text = '"(?:[^"\\\\]|\\\\.)*"';
