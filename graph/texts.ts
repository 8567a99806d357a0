import type { Character } from '../schema/character.js';
import type { Cue } from '../schema/cue.js';
import type { Event } from '../schema/event.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import type { Scene } from '../schema/scene.js';
import type { Shot } from '../schema/shot.js';

/** A column of the full-text index; what an echo says goes to a column of its own (see `words` in migrations.ts). */
export type TextColumn = 'said' | 'seen' | 'name';

/** A searchable text of a node and the field it stands in. */
export interface NodeText {
  readonly column: TextColumn;
  readonly field: string;
  readonly text: string;
}

/** What of a node can be searched; empty for kinds that search does not find. */
export function textsOf(node: NarrativeNode | Character): NodeText[] {
  switch (node.kind) {
    case 'Cue':
      return present(node as Cue, { said: ['text'], name: ['speakerTag'] });
    case 'Event':
      return present(node as Event, {
        said: ['dialogue'],
        seen: ['action', 'expression', 'description', 'subtext', 'audioCue'],
      });
    case 'Scene':
      return present(node as Scene, { seen: ['location', 'description', 'environment', 'mood', 'timeOfDay'] });
    case 'Shot':
      return present(node as Shot, { seen: ['action', 'focus', 'cameraPosition'] });
    case 'Character': {
      const { name, aliases } = node as Character;
      return [
        { column: 'name', field: 'name', text: name },
        ...aliases.map((text): NodeText => ({ column: 'name', field: 'aliases', text })),
      ];
    }
    default:
      return [];
  }
}

function present<Node>(
  node: Node,
  columns: Readonly<Partial<Record<TextColumn, readonly (keyof Node & string)[]>>>,
): NodeText[] {
  return Object.entries(columns).flatMap(([column, fields]) =>
    fields.flatMap((field) => {
      const text = node[field];
      return typeof text === 'string' && text !== '' ? [{ column: column as TextColumn, field, text }] : [];
    }),
  );
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
