import type { Character } from '../schema/character.js';
import type { Cue } from '../schema/cue.js';
import type { Event } from '../schema/event.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import type { Scene } from '../schema/scene.js';
import type { Shot } from '../schema/shot.js';
import type { SearchableKind } from './store.js';
import { wordsOf } from './words.js';

/** A column of the full-text index; what an echo says goes to a column of its own (see `words` in migrations.ts). */
export type TextColumn = 'said' | 'seen' | 'name';

export const textColumns: ReadonlySet<TextColumn> = new Set(['said', 'seen', 'name']);

/** A searchable text of a node and the field it stands in. */
export interface NodeText {
  readonly column: TextColumn;
  readonly field: string;
  readonly text: string;
}

type Columns<Node> = Readonly<Partial<Record<TextColumn, readonly (keyof Node & string)[]>>>;

/** What of each kind can be searched. */
const searched = {
  Cue: { said: ['text'], name: ['speakerTag'] } satisfies Columns<Cue>,
  Event: {
    said: ['dialogue'],
    seen: ['action', 'expression', 'description', 'subtext', 'audioCue'],
  } satisfies Columns<Event>,
  Scene: { seen: ['location', 'description', 'environment', 'mood', 'timeOfDay'] } satisfies Columns<Scene>,
  Shot: { seen: ['action', 'focus', 'cameraPosition'] } satisfies Columns<Shot>,
  Character: { name: ['name', 'aliases'] } satisfies Columns<Character>,
} as const satisfies Record<SearchableKind, object>;

/** The columns of a kind, each with its fields; none for kinds that search does not find. */
const columnsOf = (kind: string) => columns.get(kind) ?? [];

const columns: ReadonlyMap<string, readonly (readonly [TextColumn, readonly string[]])[]> = new Map(
  Object.entries(searched).map(([kind, of]) => [kind, Object.entries(of) as [TextColumn, readonly string[]][]]),
);

/** In which columns the texts of these kinds stand. */
export const columnsOfAny = (kinds: readonly SearchableKind[]): ReadonlySet<TextColumn> =>
  new Set(kinds.flatMap((kind) => columnsOf(kind).map(([column]) => column)));

/** What of a node can be searched; empty for kinds that search does not find. */
export function textsOf(node: NarrativeNode | Character): NodeText[] {
  const record = node as unknown as Readonly<Record<string, string | readonly string[] | null | undefined>>;
  const texts: NodeText[] = [];
  for (const [column, fields] of columnsOf(node.kind))
    for (const field of fields) {
      const held = record[field];
      if (!held) continue;
      for (const text of typeof held === 'string' ? [held] : held) if (text) texts.push({ column, field, text });
    }
  return texts;
}

/** A node's words as the full-text index takes them, by its columns, with spaces between; empty where there are none. */
export type NodeWords = Readonly<Record<TextColumn | 'echo', string>>;

/** The words of texts; undefined where there are no texts. An echo's own words do not count as said. */
export function wordsIn(texts: readonly NodeText[], isEcho: boolean): NodeWords | undefined {
  if (texts.length === 0) return undefined;
  const words: Record<TextColumn, string> = { said: '', seen: '', name: '' };
  for (const { column, text } of texts)
    for (const { folded } of wordsOf(text)) words[column] += words[column] === '' ? folded : ` ${folded}`;
  return isEcho ? { ...words, said: '', echo: words.said } : { ...words, echo: '' };
}

/** Tells which LINE events only repeat the cues they rest on, so that one line is one hit. */
export function echoesIn(nodes: readonly NarrativeNode[]): (node: NarrativeNode) => boolean {
  const cueTexts = new Map<string, string>();
  for (const node of nodes) if (node.kind === 'Cue') cueTexts.set(node.id, (node as Cue).text);
  return (node) => {
    if (node.kind !== 'Event' || (node as Event).type !== 'LINE') return false;
    const { dialogue, provenance } = node as Event;
    if (!dialogue) return false;
    const said = provenance.evidence.flatMap(({ nodeId }) => (nodeId && cueTexts.get(nodeId)) || []).join('');
    return bare(said).includes(bare(dialogue));
  };
}

/** Lines join the rows of a cue, so white space differs. */
const bare = (text: string) => text.replace(/\s+/gu, '');
