import { references, relationshipNouns } from '../../schema/edges.js';
import type { Highlight } from '../../schema/highlight.js';
import { type Narrative, nodesOf } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import { shape } from '../../schema/shape.generated.js';
import type { NodeJson } from '../node-json.js';
import { type NodeRow, rowsOf } from '../rows.js';
import { wordsIn } from '../texts.js';
import { wordsOf } from '../words.js';
import { grouped } from './grouped.js';
import { typeOf } from './labels.js';
import { episodeWord, kindWord, seriesWord } from './lucene.js';
import { spanOf, unspannedOf } from './windows.js';

type Properties = Readonly<Record<string, unknown>>;

/** A noun as it stands in the graph: a node, or a relationship between two. */
export interface Element {
  readonly id: string;
  readonly kind: string;
  readonly row: NodeRow;
  /** Of a node: whether nothing long of its kind goes on at its start (windows.ts). */
  readonly isUnspanned: boolean;
  /** What the database shows and finds it by; made when it is written. */
  readonly properties: () => Properties;
  /** Of a relationship: ids of the nodes that it joins. */
  readonly ends?: readonly [from: string, to: string];
}

/** A relationship that says no more than its type. */
export interface Link {
  readonly type: string;
  readonly from: string;
  readonly to: string;
}

/** All that a narrative is in the graph. */
export interface Elements {
  readonly elements: readonly Element[];
  readonly links: readonly Link[];
}

/** `json`: that of its nodes, where that is written already. */
export function elementsOf(narrative: Narrative, json?: readonly NodeJson[]): Elements {
  const { id: episodeId, seriesId } = narrative.episode;
  const scope = `${episodeWord(episodeId)}${seriesId === undefined ? '' : ` ${seriesWord(seriesId)}`}`;
  const links = structureOf(narrative);
  const rows = rowsOf([...nodesOf(narrative)], json);
  const nodes = rows.filter(({ kind }) => typeOf(kind) === undefined);
  const unspanned = new Set([...grouped(nodes, ({ kind }) => kind).values()].flatMap(unspannedOf));
  const elements = rows.map((row): Element => {
    const { id, kind, node } = row;
    const isUnspanned = unspanned.has(row);
    const properties = () => ({
      ...fieldsOf(node),
      ...placeOf(row, episodeId),
      // Only what holds is told: what an older release wrote says nothing.
      ...(isUnspanned && { unspanned: true }),
      ...wordsFor(row, scope),
      ...mediaOf(node),
    });
    const noun = typeOf(kind) ? relationshipNouns[kind as keyof typeof relationshipNouns] : undefined;
    if (noun) return { id, kind, row, isUnspanned, properties, ends: [idIn(node, noun.from), idIn(node, noun.to)] };
    for (const { field, type, direction } of references[node.kind] ?? [])
      for (const other of idsIn(node, field))
        links.push(direction === 'out' ? { type, from: id, to: other } : { type, from: other, to: id });
    return { id, kind, row, isUnspanned, properties };
  });
  return { elements, links };
}

/** What no node says itself: the order of shots, what an episode is made of, and what a highlight covers. */
function structureOf({ episode, scenes, shots, highlights }: Narrative): Link[] {
  const covered = ({ startMs, endMs }: Highlight) =>
    shots.filter((shot) => shot.startMs < endMs && shot.endMs > startMs);
  return [
    ...scenes.map(({ id }) => ({ type: 'HAS_SCENE', from: episode.id, to: id })),
    ...shots.slice(1).map(({ id }, n) => ({ type: 'NEXT', from: shots[n]?.id ?? '', to: id })),
    ...highlights.flatMap((highlight) =>
      covered(highlight).map(({ id }) => ({ type: 'COVERS', from: highlight.id, to: id })),
    ),
  ];
}

/** Fields that a person who looks at the graph can read, and filters ask for: scalars, words, lists of words. */
const readable: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(shape).map(([kind, fields]) => [
    kind,
    Object.entries(fields).flatMap(([name, { type, list, ref, words }]) => {
      const isPlain = words !== undefined || ['ID', 'String', 'Int', 'Float', 'Boolean'].includes(type);
      const isLongList = list && (type === 'Float' || type === 'Int');
      const isLink = ref !== undefined && kind !== 'IdentityEmbedding';
      return isPlain && !isLongList && !isLink && name !== 'kind' ? [name] : [];
    }),
  ]),
);

function fieldsOf(node: NarrativeNode): Properties {
  const record = node as unknown as Properties;
  const fields: Record<string, unknown> = {};
  for (const name of readable[node.kind] ?? []) {
    const value = record[name];
    // A property holds no null, and no empty list of an unknown type.
    if (value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)) fields[name] = value;
  }
  return fields;
}

const placeOf = ({ startMs, endMs, body, rest, imageId }: NodeRow, episodeId: string): Properties => ({
  ...{ episodeId, startMs, endMs, body, rest, picture: imageId, span: spanOf(startMs, endMs) },
});

/** Words for the full-text index, and for the filter that looks into a scene's location. */
export function wordsFor({ kind, texts, echo }: Pick<NodeRow, 'kind' | 'texts' | 'echo'>, scope: string): Properties {
  const words = wordsIn(texts, echo);
  if (!words) return {};
  const location = texts.find(({ field }) => field === 'location')?.text;
  return {
    // A property holds no empty text.
    ...Object.fromEntries(Object.entries(words).map(([column, text]) => [`${column}Words`, text || undefined])),
    scopeWords: `${kindWord(kind)} ${scope}`,
    ...(location && {
      locationWords: ` ${wordsOf(location)
        .map(({ folded }) => folded)
        .join(' ')} `,
    }),
  };
}

/** By what an episode is found: its film, and its film within its series. */
function mediaOf(node: NarrativeNode): Properties {
  if (node.kind !== 'Episode') return {};
  const { media, seriesId } = node as { media?: { sha256: string }; seriesId?: string };
  return media ? { mediaSha256: media.sha256, mediaKey: JSON.stringify([seriesId ?? '', media.sha256]) } : {};
}

const idIn = (node: NarrativeNode, field: string) => (node as unknown as Record<string, string>)[field] ?? '';

function idsIn(node: NarrativeNode, field: string): readonly string[] {
  const held = (node as unknown as Record<string, string | readonly string[] | undefined>)[field];
  return [...new Set(typeof held === 'string' ? [held] : (held ?? []))];
}
