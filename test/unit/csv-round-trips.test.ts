/** What goes through tables of shots and of events and back, for any table and any narrative. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems, type Narrative } from '../../schema/narrative.js';
import { guarded, unguarded } from '../../src/formats/csv/table.js';
import { eventsCsv } from '../../src/formats/events-csv.js';
import type { Format } from '../../src/formats/format.js';
import { shotsCsv } from '../../src/formats/shots-csv.js';
import { buildNarrative, shortPlans } from '../narratives.js';
import { givesTextsBack } from './round-trips.fixture.js';

const cell = fc.constantFrom(
  ...[
    '',
    '',
    '1',
    '2.5',
    '0:00:03.250',
    '1500',
    'soon',
    '-3',
    'Mara',
    'MARA; Tomas',
    'Somebody 2',
    'LINE',
    'close-up',
    'CUT',
  ],
  ...['"a, b"', '"two\nrows"', '"say ""no"""', "'=1+1", '=SUM(A1)', 'x"y', ' spaced ', 'INT', '林妙妙', '7A', '\u2028'],
);
const tables = (columns: readonly string[]): fc.Arbitrary<string> =>
  fc
    .record({
      head: fc.shuffledSubarray([...columns, 'Editor', 'note'], { minLength: 3 }),
      rows: fc.array(fc.array(cell, { minLength: 1, maxLength: 7 }), { maxLength: 4 }),
      starts: fc.array(fc.constantFrom('0', '1', '2.5', '0:00:03.250', '40', '-1'), { minLength: 6, maxLength: 6 }),
      delimiter: fc.constantFrom(',', ';', '\t'),
      end: fc.constantFrom('\n', '\r\n'),
      mark: fc.constantFrom('', '\uFEFF'),
      last: fc.constantFrom('', '\n', '\n\n'),
    })
    .map(({ head, rows, starts, delimiter, end, mark, last }) => {
      const lines = [['start', ...head], ...rows.map((row, n) => [starts[n], ...head.map((_, m) => row[m] ?? '')])].map(
        (row) => row.join(delimiter),
      );
      return mark + (lines.join('\n') + last).replaceAll('\n', end);
    });

const short = shortPlans(4).map((plan) => buildNarrative(plan));

const sceneCells = ['scene', 'location', 'setting', 'timeOfDay'];
const forms = [
  { format: shotsCsv, columns: [...sceneCells, 'end', 'duration', 'shotSize', 'transition', 'action', 'mainSubjects'] },
  { format: eventsCsv, columns: [...sceneCells, 'end', 'type', 'person', 'targets', 'text', 'action', 'audioCue'] },
] as const satisfies readonly { format: Format; columns: readonly string[] }[];

/** Names as cells have them: those who share one are told apart. */
function namesOf({ persons }: Narrative): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    persons.map(({ id, name = 'Somebody' }) => {
      const base = name === 'MARA' ? 'Mara' : name;
      let label = base;
      for (let n = 2; taken.has(label); n++) label = `${base} ${n}`;
      taken.add(label);
      return [id, label];
    }),
  );
}

const orNone = (name: string | undefined) => (name?.startsWith('Somebody') ? undefined : name);

/** What a table holds of a narrative; a scene without a row is not in it, and those behind it move up. */
function heldBy(format: Format, narrative: Narrative, labels: ReadonlyMap<string, string | undefined>) {
  const scenes = new Map(narrative.scenes.map((scene) => [scene.id, scene]));
  const sceneOf = (id: string) => {
    const { setting, location, timeOfDay, environment, mood } = scenes.get(id)!;
    return [setting, location, timeOfDay, environment, mood];
  };
  const nodes =
    format === shotsCsv
      ? narrative.shots.map(({ startMs, endMs, sceneId, mainSubjectIds, ...shot }) => [
          ...[startMs, endMs, sceneOf(sceneId), mainSubjectIds.map((id) => labels.get(id)), shot.transition],
          ...[shot.shotSize, shot.cameraAngle, shot.cameraMovement, shot.cameraPosition, shot.focus, shot.action],
          shot.highlightScore,
        ])
      : narrative.events.map(({ startMs, endMs, sceneId, personId, targetIds, type, ...event }) => [
          ...[
            startMs,
            endMs,
            sceneOf(sceneId),
            type,
            labels.get(personId ?? ''),
            targetIds.map((id) => labels.get(id)),
          ],
          ...[event.dialogue, event.action, event.expression, event.subtext, event.voiceType, event.audioCue],
          event.description,
        ]);
  return nodes.map((node) => JSON.stringify(node)).sort();
}

describe('Tables, there and back', () => {
  for (const { format, columns } of forms)
    it(`give every ${format.title} back to the letter`, () =>
      givesTextsBack(format, tables(columns), { readable: 500, refusal: /^Line \d+: /, mayTellLosses: true }));

  it('give every shot and event of a narrative back, or say what they leave out', () => {
    fc.assert(
      fc.property(short, (narrative) => {
        const labels = namesOf(narrative);
        const wanted = new Map([...labels].map(([id, label]) => [id, orNone(label)]));
        for (const { format } of forms) {
          const { text, dropped } = format.write!(narrative);
          if (heldBy(format, narrative, wanted).length === 0) continue;
          const { narrative: back, report } = format.read!(text, { episodeId: 'ep' });
          assert.deepEqual(findProblems(back), []);
          assert.deepEqual(
            report.filter(({ what }) => what === 'LOST'),
            [],
          );
          const given = new Map(back.persons.map(({ id, name }) => [id, name]));
          assert.deepEqual(heldBy(format, back, given), heldBy(format, narrative, wanted));
          for (const list of ['keyframes', 'appearances', 'signals', 'emotions'] as const)
            assert.equal(dropped.find(({ what }) => what === list)?.count ?? 0, narrative[list].length, list);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('hold no cell that a spreadsheet would take for a formula, and any text all the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."'=+-@\t\ra1") }), (text) => {
        assert.equal(unguarded(guarded(text)), text);
        assert.doesNotMatch(guarded(text), /^[=+\-@\t\r]/);
      }),
      { numRuns: 1_000 },
    );
  });
});
