import type { Character } from '../../schema/character.js';
import type { NodeKind } from '../../schema/enums.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Brought, Neighbour } from '../store.js';
import { parsed } from './answers.js';
import { childrenAround, jsonOf, referencePattern } from './labels.js';

/** Cypher that brings the neighbours of the nodes in the list `page` along (`found` stays), and how to read what it returns. */
export interface Bringing {
  /** Clauses after the one that makes `page`; they carry both on. */
  readonly clauses: string;
  /** More columns to return; each begins with a comma. */
  readonly columns: string;
  readonly values: Readonly<Record<string, number>>;
  readonly read: (row: Readonly<Record<string, unknown>>) => Brought;
}

interface Column {
  readonly name: string;
  readonly value: string;
  readonly neighbour: Neighbour;
}

/** `isBrief`: without heavy fields. */
export function bringing(kind: NodeKind, along: readonly Neighbour[], isBrief = false): Bringing {
  const clauses: string[] = [];
  const columns: Column[] = [];
  const values: Record<string, number> = {};
  const names = ['found', 'page'];

  /** `each` goes through nodes as `n`. */
  const bring = (around: NodeKind, each: string, wanted: readonly Neighbour[]): void => {
    for (const neighbour of wanted) {
      const name = `along${columns.length}`;
      switch (neighbour.by) {
        case 'reference': {
          const value = `COLLECT { ${each} ${referencePattern(around, neighbour.field)} WITH DISTINCT m RETURN ${jsonOf('m', isBrief)} }`;
          columns.push({ name, value, neighbour });
          break;
        }
        case 'character': {
          const persons = `${each} ${referencePattern(around, neighbour.field)} WITH DISTINCT m`;
          const value = `COLLECT { ${persons} MATCH (m)-[:IS]->(c:Character) RETURN [m.id, c.body] }`;
          columns.push({ name, value, neighbour });
          break;
        }
        case 'parent': {
          values[name] = neighbour.limit;
          clauses.push(`WITH ${names.join(', ')}, COLLECT { ${each} RETURN [n.id, COLLECT {
            MATCH ${childrenAround(neighbour.kind)} WITH DISTINCT c ORDER BY c.startMs, c.id LIMIT $${name} RETURN c }]
            } AS ${name}`);
          names.push(name);
          const bodies = `[one IN ${name} | [one[0], [c IN one[1] | ${jsonOf('c', isBrief)}]]]`;
          columns.push({ name: `${name}Bodies`, value: bodies, neighbour });
          bring(neighbour.kind, `UNWIND ${name} AS family UNWIND family[1] AS n`, neighbour.along);
          break;
        }
        default:
          throw new Error(`No such neighbour: ${neighbour satisfies never}`);
      }
    }
  };
  bring(kind, 'UNWIND page AS n', along);

  return {
    clauses: clauses.join('\n'),
    columns: columns.map(({ name, value }) => `, ${value} AS ${name}`).join('\n'),
    values,
    read: (row) => broughtIn(row, columns),
  };
}

function broughtIn(row: Readonly<Record<string, unknown>>, columns: readonly Column[]): Brought {
  const nodes: Brought['nodes'][number][] = [];
  const characters: Brought['characters'][number][] = [];
  const children: Brought['children'][number][] = [];
  for (const { name, neighbour } of columns)
    switch (neighbour.by) {
      case 'reference':
        for (const body of row[name] as readonly string[]) nodes.push(parsed<NarrativeNode>(body));
        break;
      case 'character':
        for (const [personId, body] of row[name] as readonly (readonly [string, string])[])
          characters.push({ personId, character: parsed<Character>(body) });
        break;
      case 'parent': {
        const { kind, limit } = neighbour;
        for (const [parentId, bodies] of row[name] as readonly (readonly [string, readonly string[]])[])
          children.push({ kind, limit, parentId, nodes: bodies.map((body) => parsed<NarrativeNode>(body)) });
        break;
      }
      default:
        throw new Error(`No such neighbour: ${neighbour satisfies never}`);
    }
  return { nodes, characters, children };
}
