/** Shots as a table: one row a shot. */
import { CameraAngle, CameraMovement, ShotSize, Transition } from '../../schema/enums.js';
import type { Narrative } from '../../schema/narrative.js';
import type { Person } from '../../schema/person.js';
import type { Shot } from '../../schema/shot.js';
import { greatest } from '../narrative/intervals.js';
import { type Column, namesIn, sceneColumns, timeColumns } from './csv/columns.js';
import { cellNames, namelessIn } from './csv/people.js';
import { said, scenesOf, sceneValues, tellsScenes } from './csv/scenes.js';
import { type ReadRow, tableFormat } from './csv/table-format.js';
import type { Dropped, Format } from './format.js';
import type { DraftShot } from './script/script-draft.js';
import { readCameraAngle, readShotSize } from './script/shot-size.js';
import { leftOut } from './timed/left-out.js';

const title = 'CSV of shots';

const sizeIn = (cell: string) => readShotSize(cell).shotSize;

const columns: readonly Column[] = [
  ...sceneColumns,
  { name: 'shot', kind: 'PLACE', also: ['shotnumber', 'shotno', 'ordinal'] },
  ...timeColumns,
  { name: 'transition', kind: 'WORD', words: Transition },
  { name: 'shotSize', kind: 'WORD', also: ['size', 'shottype', 'framing'], words: ShotSize, read: sizeIn },
  { name: 'cameraAngle', kind: 'WORD', also: ['angle'], words: CameraAngle, read: readCameraAngle },
  { name: 'cameraMovement', kind: 'WORD', also: ['movement'], words: CameraMovement },
  { name: 'cameraPosition', kind: 'TEXT', also: ['position'] },
  { name: 'focus', kind: 'TEXT' },
  { name: 'action', kind: 'TEXT', also: ['description', 'content'] },
  { name: 'mainSubjects', kind: 'NAMES', also: ['subjects', 'mainsubject', 'subject', 'characters'] },
  { name: 'highlightScore', kind: 'NUMBER' },
];

const ofShots = ['shot', 'shotSize', 'transition', 'cameraMovement', 'cameraAngle'];
/** What only a table of events has. */
const ofEvents = /^(?:dialogue|text|line|person|character|speaker)$/i;

export const shotsCsv: Format = tableFormat({
  ...{ name: 'shots-csv', title, version: '1', columns },
  recognise(found, header) {
    if (!found.has('startMs') || !ofShots.some((name) => found.has(name))) return 0;
    return header.some((cell) => ofEvents.test(cell)) ? 0.6 : 0.9;
  },
  needsTime: true,
  draft(rows, found) {
    const durationMs = greatest(rows.map(({ startMs = 0, endMs = startMs + 1 }) => endMs));
    const groups = scenesOf(rows, found);
    return {
      durationMs,
      persons: namelessIn(rows.map(({ values }) => values.mainSubjects)),
      scenes: groups.map(({ scene, rows: own }) => {
        const ends = own.map(({ endMs }) => endMs);
        return {
          ...scene,
          startMs: tellsScenes(found) ? own[0]?.startMs : 0,
          ...(!ends.includes(undefined) && { endMs: greatest(ends.map((endMs = 0) => endMs)) }),
          shots: own.map(draftShot),
        };
      }),
    };
  },
  standIns: (found) => (tellsScenes(found) ? [] : ['scenes']),
  nodes: ({ shots }) => shots,
  values(narrative) {
    const sceneOf = sceneValues(narrative);
    const nameOf = cellNames(narrative.persons);
    return (node, unsaid) => {
      const shot = node as Shot;
      const time = (field: 'startMs' | 'endMs') => (unsaid.has(field) ? undefined : String(shot[field]));
      return said({
        ...sceneOf(shot.sceneId),
        ...{ shot: String(shot.ordinal), startMs: time('startMs'), endMs: time('endMs') },
        lastsMs: unsaid.has('endMs') ? undefined : String(shot.endMs - shot.startMs),
        transition: shot.transition,
        ...{ shotSize: shot.shotSize, cameraAngle: shot.cameraAngle, cameraMovement: shot.cameraMovement },
        ...{ cameraPosition: shot.cameraPosition, focus: shot.focus, action: shot.action },
        mainSubjects: unsaid.has('mainSubjectIds')
          ? undefined
          : shot.mainSubjectIds.map((id) => nameOf.get(id) ?? id).join('; '),
        highlightScore: shot.highlightScore?.toString(),
      });
    };
  },
  dropped,
});

function draftShot({ values, startMs, endMs, foreign }: ReadRow): DraftShot {
  const { transition, shotSize, cameraAngle, cameraMovement, cameraPosition, focus, action } = values;
  const score = Number(values.highlightScore);
  return {
    ...{ startMs, endMs, foreign, cameraPosition, focus, action, elements: [] },
    ...(transition !== undefined && transition in Transition && { transition: transition as Transition }),
    ...(shotSize !== undefined && shotSize in ShotSize && { shotSize: shotSize as ShotSize }),
    ...(cameraAngle !== undefined && cameraAngle in CameraAngle && { cameraAngle: cameraAngle as CameraAngle }),
    ...(cameraMovement !== undefined &&
      cameraMovement in CameraMovement && { cameraMovement: cameraMovement as CameraMovement }),
    ...(score >= 0 && score <= 10 && { highlightScore: score }),
    subjects: namesIn(values.mainSubjects ?? ''),
  };
}

function dropped(narrative: Narrative): Dropped[] {
  const subjects = new Set(narrative.shots.flatMap(({ mainSubjectIds }) => mainSubjectIds));
  const labels = cellNames(narrative.persons);
  const own = columns.map(({ name }) => name);
  return leftOut(
    narrative,
    { name: 'shots-csv', title },
    {
      sceneNumbers: true,
      scenes: { fields: [...own, 'setting', 'startMs', 'endMs'] },
      shots: { fields: [...own, 'mainSubjectIds'] },
      persons: {
        nodes: ({ id }) => subjects.has(id),
        fields: [],
        also: (field, person) => field === 'name' && labels.get(person.id) === (person as Person).name,
      },
    },
  );
}
