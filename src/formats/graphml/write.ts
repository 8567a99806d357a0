import { type Narrative, nodesOf } from '../../../schema/narrative.js';
import type { NarrativeNode } from '../../../schema/narrative-node.js';
import { xmlAttribute, xmlText } from '../safe-xml.js';
import { type Datum, datumOf, partsOf } from './keys.js';
import { edgeNouns, labelFields, plainEdges } from './layout.js';

interface Element {
  readonly tag: 'node' | 'edge';
  /** Attributes, as they are written. */
  readonly head: string;
  readonly data: readonly Datum[];
}

/** The narrative as nodes and edges. */
export function writeGraphMl(narrative: Narrative): string {
  const nodes = [...nodesOf(narrative)];
  const elements = [...nodes.filter(({ kind }) => !edgeNouns[kind]).map(nodeElement), ...edgesOf(narrative, nodes)];
  const keys = { node: new Set<string>(), edge: new Set<string>() };
  for (const { tag, data } of elements) for (const { key } of data) keys[tag].add(key);
  const version = String(narrative.narrativeVersion);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
    '  <key id="narrativeVersion.int" for="graph" attr.name="narrativeVersion" attr.type="int"/>',
    ...(['node', 'edge'] as const).flatMap((tag) => [...keys[tag]].map((key) => keyElement(tag, key))),
    '  <graph edgedefault="directed">',
    `    <data key="narrativeVersion.int">${version}</data>`,
    ...elements.map(writeElement),
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
}

/** Nodes and edges have keys of their own: one id is used once in a document. */
const keyId = (tag: Element['tag'], key: string) => `${tag}.${key}`;

function keyElement(tag: Element['tag'], key: string): string {
  const { field = key, type = 'string' } = partsOf(key) ?? {};
  const attributes = `for="${tag}" attr.name="${xmlAttribute(field)}" attr.type="${type === 'json' ? 'string' : type}"`;
  return `  <key id="${xmlAttribute(keyId(tag, key))}" ${attributes}/>`;
}

const writeElement = ({ tag, head, data }: Element): string =>
  [
    `    <${tag} ${head}>`,
    ...data.map(({ key, text }) => `      <data key="${xmlAttribute(keyId(tag, key))}">${xmlText(text)}</data>`),
    `    </${tag}>`,
  ].join('\n');

const dataOf = (node: NarrativeNode, without: readonly string[]): Datum[] =>
  Object.entries(node).flatMap(([field, value]) =>
    value === undefined || without.includes(field) ? [] : [datumOf(node.kind, field, value)],
  );

function nodeElement(node: NarrativeNode): Element {
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  const words = labelFields.map((field) => fields[field]).find((value) => typeof value === 'string');
  const label = words ?? `${node.kind} ${fields.ordinal ?? ''}`.trim();
  return {
    tag: 'node',
    head: `id="${xmlAttribute(node.id)}"`,
    data: [datumOf('', 'label', `${label}`.slice(0, longestLabel)), ...dataOf(node, ['id'])],
  };
}

/** In characters, so that a network can still be looked at. */
const longestLabel = 60;

function edgesOf(narrative: Narrative, nodes: readonly NarrativeNode[]): Element[] {
  const next = narrative.shots.flatMap((shot, n) => {
    const after = narrative.shots[n + 1];
    return after ? [plainEdge(shot.id, after.id, 'NEXT')] : [];
  });
  return [...nodes.flatMap((node) => edgesAt(node)), ...next];
}

function edgesAt(node: NarrativeNode): Element[] {
  const fields = node as unknown as Readonly<Record<string, string | readonly string[] | null | undefined>>;
  const noun = edgeNouns[node.kind];
  if (noun) {
    const ends = `source="${xmlAttribute(String(fields[noun.from]))}" target="${xmlAttribute(String(fields[noun.to]))}"`;
    const data = [datumOf('', edgeType, noun.type), ...dataOf(node, ['id', noun.from, noun.to])];
    return [{ tag: 'edge', head: `id="${xmlAttribute(node.id)}" ${ends}`, data }];
  }
  return (plainEdges[node.kind] ?? []).flatMap(({ field, type, direction }) =>
    [fields[field] ?? []]
      .flat()
      .map((id) => (direction === 'in' ? plainEdge(id, node.id, type) : plainEdge(node.id, id, type))),
  );
}

/** What an edge is called; no noun that is an edge has a field of this name. */
export const edgeType = 'type';

const plainEdge = (source: string, target: string, type: string): Element => ({
  tag: 'edge',
  head: `source="${xmlAttribute(source)}" target="${xmlAttribute(target)}"`,
  data: [datumOf('', edgeType, type)],
});
