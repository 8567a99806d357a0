import type { Narrative } from '../../schema/narrative.js';
import type { NodeJson } from '../node-json.js';
import type { Run } from './connection.js';
import { type Element, type Elements, elementsOf, type Link } from './elements.js';
import { grouped } from './grouped.js';
import { seek, typeOf } from './labels.js';

/** Rows that one statement takes. */
const batch = 1_000;

export interface PictureChanges {
  readonly goneImageIds: readonly string[];
}

/** What must change for the graph to become another. */
interface Changes {
  readonly gone: readonly Element[];
  readonly fresh: readonly Element[];
  /** Nodes that stay, with what hangs on them, but read otherwise now. */
  readonly changed: readonly Element[];
  readonly goneLinks: readonly Link[];
  readonly freshLinks: readonly Link[];
}

/**
 * Makes an episode's part of the graph what a narrative says, given what it was: what did not change is left alone, so
 * that a correction costs what it changes. `json` is that of its nodes, where it is written already. Returns the pictures that nothing in the episode shows any more.
 */
export async function writeNodes(
  run: Run,
  before: Narrative | undefined,
  after: Narrative | undefined,
  json?: readonly NodeJson[],
): Promise<PictureChanges> {
  const [old, now] = [partsOf(before), partsOf(after, json)];
  const { gone, fresh, changed, goneLinks, freshLinks } = changesBetween(old, now);
  const isNode = ({ ends }: Element) => ends === undefined;
  const done: Promise<unknown>[] = [];
  const all = <Row>(rows: readonly Row[], cypher: string) => {
    for (let first = 0; first < rows.length; first += batch)
      done.push(run(cypher, { rows: rows.slice(first, first + batch) }));
  };

  // Statements are sent one after the other without waiting; the server answers them in that order.
  for (const [type, links] of grouped(goneLinks, (link) => link.type))
    all(
      links,
      `UNWIND $rows AS row MATCH (a:Node {id: row.from}) ${seek('a')}
       MATCH (a)-[r:${type}]->(b) WHERE b.id = row.to DELETE r`,
    );
  for (const [kind, elements] of grouped(
    gone.filter((one) => !isNode(one)),
    (one) => one.kind,
  ))
    all(
      elements.map(({ id }) => id),
      `UNWIND $rows AS id MATCH ()-[r:${typeOf(kind)} {id: id}]->() USING INDEX SEEK r:${typeOf(kind)}(id) DELETE r`,
    );
  all(
    gone.filter(isNode).map(({ id }) => id),
    `UNWIND $rows AS id MATCH (n:Node {id: id}) ${seek('n')} DETACH DELETE n`,
  );
  all(
    changed.map(({ id, properties }) => ({ id, properties: properties() })),
    `UNWIND $rows AS row MATCH (n:Node {id: row.id}) ${seek('n')} SET n = row.properties`,
  );
  for (const [kind, elements] of grouped(fresh.filter(isNode), (one) => one.kind))
    all(
      elements.map(({ properties }) => properties()),
      `UNWIND $rows AS row CREATE (n:${kind}:Node) SET n = row`,
    );
  for (const [kind, elements] of grouped(
    fresh.filter((one) => !isNode(one)),
    (one) => one.kind,
  ))
    all(
      elements.map(({ ends, properties }) => ({ from: ends?.[0], to: ends?.[1], properties: properties() })),
      `UNWIND $rows AS row MATCH (a:Node {id: row.from}) ${seek('a')} MATCH (b:Node {id: row.to}) ${seek('b')}
       CREATE (a)-[r:${typeOf(kind)}]->(b) SET r = row.properties`,
    );
  for (const [type, links] of grouped(freshLinks, (link) => link.type))
    all(
      links,
      `UNWIND $rows AS row MATCH (a:Node {id: row.from}) ${seek('a')} MATCH (b:Node {id: row.to}) ${seek('b')} CREATE (a)-[:${type}]->(b)`,
    );
  await Promise.all(done);

  const shown = new Set(now.elements.map(({ row }) => row.imageId));
  const pictures = old.elements.flatMap(({ row }) => row.imageId ?? []);
  return { goneImageIds: [...new Set(pictures)].filter((hash) => !shown.has(hash)) };
}

const partsOf = (narrative: Narrative | undefined, json?: readonly NodeJson[]): Elements =>
  narrative ? elementsOf(narrative, json) : { elements: [], links: [] };

function changesBetween(old: Elements, now: Elements): Changes {
  const held = new Map(old.elements.map((element) => [element.id, element]));
  const gone = new Map(held);
  const fresh: Element[] = [];
  const changed: Element[] = [];
  for (const element of now.elements) {
    const before = held.get(element.id);
    if (before?.kind !== element.kind) fresh.push(element);
    else if (isSame(before, element)) gone.delete(element.id);
    else if (element.ends) fresh.push(element);
    else {
      gone.delete(element.id);
      changed.push(element);
    }
  }
  // A deleted node takes its links along, and one that is made has none yet.
  const isNew = new Set(fresh.map(({ id }) => id));
  const key = ({ type, from, to }: Link) => `${type}\0${from}\0${to}`;
  const wanted = new Set(now.links.map(key));
  const standing = new Set(old.links.map(key));
  return {
    gone: [...gone.values()],
    fresh,
    changed,
    goneLinks: old.links.filter((link) => !gone.has(link.from) && !gone.has(link.to) && !wanted.has(key(link))),
    freshLinks: now.links.filter((link) => isNew.has(link.from) || isNew.has(link.to) || !standing.has(key(link))),
  };
}

const isSame = ({ row: before, isUnspanned }: Element, { row: after, isUnspanned: isStill }: Element) =>
  before.body === after.body && before.rest === after.rest && before.echo === after.echo && isUnspanned === isStill;
