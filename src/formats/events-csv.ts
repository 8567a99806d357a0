/** Events as a table: one row a line, an act, a sound. */

import type { Cue } from '../../schema/cue.js';
import { EventType } from '../../schema/enums.js';
import type { Event } from '../../schema/event.js';
import type { Narrative } from '../../schema/narrative.js';
import type { Person } from '../../schema/person.js';
import type { Scene } from '../../schema/scene.js';
import { greatest } from '../narrative/intervals.js';
import { type Column, namesIn, sceneColumns, timeColumns } from './csv/columns.js';
import { cellNames, namelessIn } from './csv/people.js';
import { said, scenesOf, sceneValues, tellsScenes } from './csv/scenes.js';
import { type ReadRow, tableFormat } from './csv/table-format.js';
import type { Dropped, Format } from './format.js';
import { languageOfScript } from './language-tag.js';
import type { DraftElement } from './script/script-draft.js';
import { leftOut } from './timed/left-out.js';

const title = 'CSV of events';

/** What an event says in words, by the columns' and the noun's own names. */
const words = ['dialogue', 'action', 'expression', 'subtext', 'voiceType', 'audioCue', 'description'] as const;

const columns: readonly Column[] = [
  ...sceneColumns,
  { name: 'event', kind: 'PLACE', also: ['eventnumber', 'eventno', 'ordinal'] },
  ...timeColumns,
  { name: 'type', kind: 'WORD', words: EventType },
  { name: 'person', kind: 'NAME', also: ['character', 'speaker', 'who', 'actor'] },
  { name: 'targets', kind: 'NAMES', also: ['target', 'addressee', 'addressees', 'towhom'] },
  { name: 'dialogue', kind: 'TEXT', also: ['text', 'line', 'words', 'utterance'] },
  ...words.slice(1).map((name): Column => ({ name, kind: 'TEXT' })),
];

export const eventsCsv: Format = tableFormat({
  ...{ name: 'events-csv', title, version: '1', columns },
  recognise: (found) =>
    found.has('startMs') &&
    (found.has('dialogue') || (found.has('person') && (found.has('action') || found.has('type'))))
      ? 0.9
      : 0,
  needsTime: false,
  draft(rows, found) {
    const ends = rows.map(({ startMs = 0, endMs = startMs + 1 }) => endMs);
    const drawsPeople = found.has('person');
    return {
      durationMs: greatest(ends),
      lastsUntilNext: !found.has('endMs') && !found.has('lastsMs'),
      persons: namelessIn(rows.flatMap(({ values }) => [values.person, values.targets])),
      scenes: scenesOf(rows, found).map(({ scene, rows: own }) => ({
        ...scene,
        startMs: tellsScenes(found) ? own[0]?.startMs : 0,
        shots: [{ elements: own.map((row) => draftElement(row, drawsPeople, found.has('targets'))) }],
      })),
    };
  },
  standIns: (found) => (tellsScenes(found) ? ['shots'] : ['scenes', 'shots']),
  nodes: ({ events }) => events,
  values(narrative) {
    const sceneOf = sceneValues(narrative);
    const nameOf = cellNames(narrative.persons);
    return (node, unsaid) => {
      const event = node as Event;
      const time = (field: 'startMs' | 'endMs') => (unsaid.has(field) ? undefined : String(event[field]));
      return said({
        ...sceneOf(event.sceneId),
        ...{ event: String(event.ordinal), startMs: time('startMs'), endMs: time('endMs'), type: event.type },
        lastsMs: unsaid.has('endMs') ? undefined : String(event.endMs - event.startMs),
        person: unsaid.has('personId') ? undefined : nameOf.get(event.personId ?? ''),
        targets: unsaid.has('targetIds') ? undefined : event.targetIds.map((id) => nameOf.get(id) ?? id).join('; '),
        ...Object.fromEntries(words.map((name) => [name, event[name]])),
      });
    };
  },
  dropped,
});

/** Who acts stands in the table if it has a column for it; else it may be worked out from the words. */
function draftElement(
  { values, startMs, endMs, foreign }: ReadRow,
  namesPeople: boolean,
  namesTargets: boolean,
): DraftElement {
  const { type, person, targets } = values;
  return {
    ...Object.fromEntries(words.map((name) => [name, values[name]])),
    type:
      type !== undefined && type in EventType ? (type as EventType) : values.dialogue === undefined ? 'ACTION' : 'LINE',
    ...{ startMs, endMs, foreign },
    person: person ?? (namesPeople ? null : undefined),
    targets: targets !== undefined ? namesIn(targets) : namesTargets ? [] : undefined,
  };
}

function dropped(narrative: Narrative): Dropped[] {
  const there = new Set(narrative.events.flatMap(({ personId, targetIds }) => [personId, ...targetIds]));
  const labels = cellNames(narrative.persons);
  const lines = new Set(
    narrative.events.flatMap(({ type, provenance }) =>
      type === 'LINE' ? provenance.evidence.map(({ nodeId }) => nodeId) : [],
    ),
  );
  const firstMs = new Map(narrative.events.toReversed().map(({ sceneId, startMs }) => [sceneId, startMs]));
  const language = languageOfScript(
    narrative.events.map(({ dialogue, action }) => dialogue ?? action ?? '').join('\n'),
  );
  const own = columns.map(({ name }) => name);
  return leftOut(
    narrative,
    { name: 'events-csv', title },
    {
      sceneNumbers: true,
      episode: { fields: [], also: (field) => field === 'language' && narrative.episode.language === language },
      scenes: {
        nodes: ({ id }) => firstMs.has(id),
        fields: own.filter((name) => !/Ms$/.test(name)),
        also: (field, scene) => field === 'startMs' && (scene as Scene).startMs === firstMs.get(scene.id),
      },
      events: { fields: [...own, 'personId', 'targetIds'] },
      // Every line is a cue of its own when it is read.
      cues: {
        nodes: ({ id }) => lines.has(id),
        fields: ['startMs', 'endMs', 'text'],
        also: (field, cue) => field === 'language' && (cue as Cue).language === language,
      },
      persons: {
        nodes: ({ id }) => there.has(id),
        fields: [],
        also: (field, person) => field === 'name' && labels.get(person.id) === (person as Person).name,
      },
    },
  );
}
