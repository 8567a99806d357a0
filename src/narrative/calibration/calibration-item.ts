/** What a person can be asked about: one field of one node, as it is shown, with the moment to look at. */
import type { NodeKind } from '../../../schema/enums.js';
import { type Narrative, type NarrativeList, narrativeLists } from '../../../schema/narrative.js';
import type { NarrativeNode } from '../../../schema/narrative-node.js';

export interface CalibrationItem {
  readonly episodeId: string;
  readonly nodeId: string;
  readonly kind: NodeKind;
  readonly field: string;
  readonly value: string;
  /** Where to look; absent for what is so in the whole episode. */
  readonly startMs?: number;
  readonly endMs?: number;
}

/** Fields that say something which somebody who watches can tell right from wrong, and can correct. */
const askable: Readonly<Partial<Record<NarrativeList, readonly string[]>>> = {
  scenes: ['setting', 'location', 'timeOfDay', 'environment', 'mood', 'description'],
  shots: ['transition', 'shotSize', 'cameraAngle', 'cameraMovement', 'cameraPosition', 'focus', 'action'],
  persons: ['name', 'gender', 'ageRange', 'looks', 'temperament', 'description'],
  appearances: ['personId', 'emotion', 'action', 'expression'],
  objects: ['name', 'description'],
  cues: ['text', 'speakerTag'],
  events: ['personId', 'action', 'expression', 'dialogue', 'subtext', 'voiceType', 'audioCue', 'description'],
  relationships: ['relation'],
  highlights: ['type'],
};

/** Words that claim nothing. */
const nothing: ReadonlySet<string> = new Set(['', 'UNKNOWN', 'START']);

/** All items of an episode, but for what a person has corrected already. */
export function calibrationItems(narrative: Narrative): CalibrationItem[] {
  const shown = shownValues(narrative);
  const shots = new Map(narrative.shots.map((shot) => [shot.id, shot]));
  const lists = Object.entries(askable) as [NarrativeList, readonly string[]][];
  return lists.flatMap(([list, fields]) =>
    narrative[list].flatMap((node) =>
      fields.flatMap((field): CalibrationItem[] => {
        const value = shown(node, field);
        if (value === undefined || nothing.has(value) || isCorrected(node, field)) return [];
        const { id: nodeId, episodeId } = node;
        return [{ episodeId, nodeId, kind: narrativeLists[list], field, value, ...momentOf(node, shots) }];
      }),
    ),
  );
}

/** What is shown of a field: a text or word, or the name of the person that it refers to. */
export function shownValues({ persons }: Narrative): (node: NarrativeNode, field: string) => string | undefined {
  const names = new Map(persons.map(({ id, name }) => [id, name]));
  return (node, field) => {
    const value = (node as unknown as Readonly<Record<string, unknown>>)[field];
    if (field === 'personId') return names.get(String(value));
    return typeof value === 'string' ? value : undefined;
  };
}

const isCorrected = ({ provenance }: NarrativeNode, field: string): boolean =>
  provenance.fields?.some((source) => source.field === field && source.by === 'person') ?? false;

interface Timed {
  readonly startMs?: number;
  readonly endMs?: number;
  readonly shotId?: string;
}

function momentOf(node: NarrativeNode, shots: ReadonlyMap<string, Timed>): Pick<CalibrationItem, 'startMs' | 'endMs'> {
  const own = node as NarrativeNode & Timed;
  const { startMs, endMs } = own.startMs === undefined ? (shots.get(own.shotId ?? '') ?? {}) : own;
  return startMs === undefined || endMs === undefined ? {} : { startMs, endMs };
}
