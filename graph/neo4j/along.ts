import type { Character } from '../../schema/character.js';
import type { NodeKind } from '../../schema/enums.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import { referencesOf, timeOf } from '../rows.js';
import type { Brought, Neighbour } from '../store.js';
import { parsed } from './answers.js';
import { childrenAround, jsonOf, referencePattern } from './labels.js';

/** Cypher that brings the neighbours of the nodes in the list `page` along (`place` and `found` stay), and how to read what it returns. */
export interface Bringing {
  /** Clauses after the one that makes `page`; they carry all on. */
  readonly clauses: string;
  /** More columns to return; each begins with a comma. */
  readonly columns: string;
  readonly values: Readonly<Record<string, number>>;
  /** `page` is the page's nodes. */
  readonly read: (row: Readonly<Record<string, unknown>>, page: readonly NarrativeNode[]) => Brought;
}

interface Column {
  readonly name: string;
  readonly value: string;
  readonly neighbour: Neighbour;
  /** Name of the column, or `page`, that holds the nodes whose neighbours these are. */
  readonly around: string;
}

/** Most children that one column brings; where there may be more it is left out, and they are asked for later. */
const mostAtOnce = 5_000;

/** From this bound on, all children are brought and cut to it here: to sort each parent's own costs as much as all else. */
const fewestAtOnce = 10;

/** `isBrief`: without heavy fields. */
export function bringing(kind: NodeKind, along: readonly Neighbour[], isBrief = false): Bringing {
  const clauses: string[] = [];
  const columns: Column[] = [];
  const values: Record<string, number> = {};
  const names = ['place', 'found', 'page'];

  /** `each` goes through the nodes of the column `around` as `n`. */
  const bring = (of: NodeKind, around: string, each: string, wanted: readonly Neighbour[]): void => {
    for (const neighbour of wanted) {
      const name = `along${columns.length}`;
      switch (neighbour.by) {
        case 'reference': {
          const value = `COLLECT { ${each} ${referencePattern(of, neighbour.field)} WITH DISTINCT m RETURN ${jsonOf('m', isBrief)} }`;
          columns.push({ name, value, neighbour, around });
          break;
        }
        case 'character': {
          const persons = `${each} ${referencePattern(of, neighbour.field)} WITH DISTINCT m`;
          const value = `COLLECT { ${persons} MATCH (m)-[:IS]->(c:Character) RETURN [m.id, c.body] }`;
          columns.push({ name, value, neighbour, around });
          break;
        }
        case 'parent': {
          const nodes = `${name}Nodes`;
          if (neighbour.limit < fewestAtOnce) values[name] = neighbour.limit;
          clauses.push(
            `WITH ${names.join(', ')}, COLLECT { ${each} ${childrenOfEach(neighbour, name)} RETURN DISTINCT c LIMIT ${mostAtOnce} } AS ${nodes}`,
          );
          names.push(nodes);
          columns.push({ name, value: `[c IN ${nodes} | ${jsonOf('c', isBrief)}]`, neighbour, around });
          bring(neighbour.kind, name, `UNWIND ${nodes} AS n`, neighbour.along);
          break;
        }
        default:
          throw new Error(`No such neighbour: ${neighbour satisfies never}`);
      }
    }
  };
  bring(kind, 'page', 'UNWIND page AS n', along);

  return {
    clauses: clauses.join('\n'),
    columns: columns.map(({ name, value }) => `, ${value} AS ${name}`).join('\n'),
    values,
    read: (row, page) => broughtIn(row, page, columns),
  };
}

type OfParents = Extract<Neighbour, { by: 'parent' }>;

/** Clauses from a node `n` to its children `c`: at least the first of them, by time, then id; at most $`limit`, if few. */
function childrenOfEach({ kind, limit }: OfParents, name: string): string {
  const match = `MATCH ${childrenAround(kind)}`;
  if (limit >= fewestAtOnce) return match;
  return `UNWIND COLLECT { ${match} WITH DISTINCT c ORDER BY c.startMs, c.id LIMIT $${name} RETURN c } AS c`;
}

function broughtIn(
  row: Readonly<Record<string, unknown>>,
  page: readonly NarrativeNode[],
  columns: readonly Column[],
): Brought {
  const nodes: NarrativeNode[] = [];
  const characters: Brought['characters'][number][] = [];
  const children: Brought['children'][number][] = [];
  const found = new Map([['page', page]]);
  for (const { name, neighbour, around } of columns)
    switch (neighbour.by) {
      case 'reference':
        for (const body of row[name] as readonly string[]) nodes.push(parsed<NarrativeNode>(body));
        break;
      case 'character':
        for (const [personId, body] of row[name] as readonly (readonly [string, string])[])
          characters.push({ personId, character: parsed<Character>(body) });
        break;
      case 'parent': {
        const born = (row[name] as readonly string[]).map((body) => parsed<NarrativeNode>(body));
        found.set(name, born);
        if (born.length < mostAtOnce) children.push(...families(neighbour, found.get(around) ?? [], born));
        break;
      }
      default:
        throw new Error(`No such neighbour: ${neighbour satisfies never}`);
    }
  return { nodes, characters, children };
}

/** Each parent with its first children, by time, then id. */
function families(
  { kind, limit }: OfParents,
  parents: readonly NarrativeNode[],
  children: readonly NarrativeNode[],
): Brought['children'] {
  const byParent = new Map(parents.map(({ id }): [string, NarrativeNode[]] => [id, []]));
  for (const child of children) for (const id of new Set(referencesOf(child))) byParent.get(id)?.push(child);
  return [...byParent].map(([parentId, nodes]) => ({
    kind,
    limit,
    parentId,
    nodes: nodes.sort(inTime).slice(0, limit),
  }));
}

const inTime = (a: NarrativeNode, b: NarrativeNode): number =>
  timeOf(a).startMs - timeOf(b).startMs || (a.id < b.id ? -1 : Number(a.id > b.id));
