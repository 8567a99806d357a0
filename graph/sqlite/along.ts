import type { Database } from 'better-sqlite3';
import type { Brought, Neighbour } from '../store.js';
import { type Json, jsonList, jsonOf } from './json.js';

/** A node whose neighbours are asked for. */
interface Stored {
  readonly row: number;
  readonly id: string;
  readonly body: string;
}

/** Brings the neighbours of nodes along with them, so that the host need not ask again. */
export function neighbourBringer(db: Database) {
  const nodeOf = db.prepare<[string], string>('SELECT body FROM node WHERE id = ?').pluck();
  const characterOf = db
    .prepare<[string], string>(
      `SELECT c.body FROM node p JOIN persona ON person = p.row JOIN node c ON c.row = character WHERE p.id = ?`,
    )
    .pluck();
  const childrenOf = db.prepare<[number, string, number], Stored>(
    `SELECT n.row, n.id, n.body FROM link l JOIN node n ON n.row = l.node
     WHERE l.parent = ? AND l.kind = ? ORDER BY l.start_ms, n.id LIMIT ?`,
  );

  return (stored: readonly Stored[], along: readonly Neighbour[]): Json<Brought> => {
    const nodes = new Map<string, string>();
    const characters = new Map<string, string>();
    const families: string[] = [];
    const note = (found: Map<string, string>, ids: readonly string[], bodyOf: (id: string) => string | undefined) => {
      for (const id of ids) {
        const body = found.has(id) ? undefined : bodyOf(id);
        if (body !== undefined) found.set(id, body);
      }
    };
    const bring = (around: readonly Stored[], wanted: readonly Neighbour[]): void => {
      for (const neighbour of wanted)
        switch (neighbour.by) {
          case 'reference':
            note(nodes, namedIn(around, neighbour.field), (id) => nodeOf.get(id));
            break;
          case 'character':
            note(characters, namedIn(around, neighbour.field), (id) => characterOf.get(id));
            break;
          case 'parent': {
            const { kind, limit } = neighbour;
            const all: Stored[] = [];
            for (const { row, id } of around) {
              const children = childrenOf.all(row, kind, limit);
              all.push(...children);
              const family = jsonOf({ kind, limit, parentId: id }).slice(0, -1);
              families.push(`${family},"nodes":${jsonList(children.map(({ body }) => body))}}`);
            }
            bring(all, neighbour.along);
            break;
          }
          default:
            throw new Error(`No such neighbour: ${neighbour satisfies never}`);
        }
    };
    bring(stored, along);
    const persons = [...characters].map(([id, body]) => `{"personId":${JSON.stringify(id)},"character":${body}}`);
    return `{"nodes":${jsonList([...nodes.values()])},"characters":${jsonList(persons)},"children":${jsonList(families)}}`;
  };
}

/** Ids in a reference field of nodes. */
function namedIn(stored: readonly Stored[], field: string): readonly string[] {
  return stored.flatMap(({ body }) => {
    const named = (JSON.parse(body) as Readonly<Record<string, string | readonly string[] | undefined>>)[field];
    return named ?? [];
  });
}
