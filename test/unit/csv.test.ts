/** Tables of shots and of events: what others write, what people change, what is broken. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { eventsCsv } from '../../src/formats/events-csv.js';
import type { Format } from '../../src/formats/format.js';
import { formatOf } from '../../src/formats/formats.js';
import { shotsCsv } from '../../src/formats/shots-csv.js';
import { correctField } from '../../src/narrative/correct-field.js';

const read = (format: Format, text: string) => format.read!(text, { episodeId: 'ep' });
const unreadable = (message: RegExp) => ({ code: 'SCRIPT_UNREADABLE', message });

const shotList = [
  'Scene;Location;Shot;Start;Duration;Size;Angle;Editor',
  '1;Pier;1;0:00:00.000;0:00:02.500;Close-up;eye level;Ann',
  '1;Pier;2;0:00:02.500;1,5;WS;high;"Bo; Cy"',
  '7A;"Sea ""wide""";3;0:00:04.000;2;odd;;',
  '',
].join('\r\n');

describe('A table of shots', () => {
  it('is read whatever others call its columns, with scenes, sizes and times', () => {
    const { narrative, report } = read(shotsCsv, shotList);
    assert.deepEqual(
      narrative.shots.map(({ startMs, endMs, shotSize, cameraAngle }) => [startMs, endMs, shotSize, cameraAngle]),
      [
        [0, 2500, 'CLOSE_UP', 'EYE_LEVEL'],
        [2500, 4000, 'WIDE', 'HIGH'],
        [4000, 6000, undefined, undefined],
      ],
    );
    assert.deepEqual(
      narrative.scenes.map(({ location, startMs, endMs }) => [location, startMs, endMs]),
      [
        ['Pier', 0, 4000],
        ['Sea "wide"', 4000, 6000],
      ],
    );
    assert.deepEqual(
      report.map(({ what, line }) => [what, line]),
      [['LOST', 4]],
    );
    assert.equal(formatOf(shotList).name, 'shots-csv');
  });

  it('comes out with what a person changed, and with columns that nobody here knows', () => {
    const { narrative } = read(shotsCsv, shotList);
    const change = (n: number, field: string, value: unknown) => {
      const shots = narrative.shots.map((shot, at) => (at === n ? correctField(shot, shot, field, value) : shot));
      return shotsCsv.write!({ ...narrative, shots }).text;
    };
    assert.equal(change(1, 'shotSize', 'FULL'), shotList.replace('WS', 'FULL'));
    assert.equal(change(1, 'endMs', 3900), shotList.replace('1,5', '1.4'));
    assert.equal(change(2, 'shotSize', 'MEDIUM'), shotList.replace('odd', 'MEDIUM'));
  });

  it('loses nothing by coming in and going out, and says so', () => {
    const { text, dropped } = shotsCsv.write!(read(shotsCsv, shotList).narrative);
    assert.equal(text, shotList);
    assert.deepEqual(dropped, []);
  });

  it('of start times alone lasts from each to the next', () => {
    const { narrative } = read(shotsCsv, 'start\n0.0\n168.16\n272.32\n');
    assert.deepEqual(narrative.shots.map(({ startMs, endMs }) => [startMs, endMs]).slice(0, 2), [
      [0, 168_160],
      [168_160, 272_320],
    ]);
  });

  it('is refused with the line where it is broken', () => {
    assert.throws(() => read(shotsCsv, 'start,shot\n1,"two\n3,4\n'), unreadable(/^Line 2: a quotation mark/));
    assert.throws(() => read(shotsCsv, 'start,shot\nsoon,1\n'), unreadable(/^Line 2: .*startMs/));
    assert.throws(() => read(shotsCsv, 'start,end,shot\n2,1,1\n'), unreadable(/^Line 2: .*ends before it starts/));
    assert.throws(() => read(shotsCsv, 'start,shot\n'), unreadable(/^Line 1: there is no row/));
  });

  it('leaves broken rows out, each with its line, and keeps them in the file', () => {
    const text = 'start,shot,note\n0,1,a\nsoon,2,"b\nc"\n2,3,d\n,,\n-1,4,e\n';
    const { narrative, report } = read(shotsCsv, text);
    assert.equal(narrative.shots.length, 2);
    assert.deepEqual([...new Set(report.flatMap(({ what, line }) => (what === 'LOST' ? [line] : [])))], [3, 7]);
    assert.equal(shotsCsv.write!(narrative).text, text);
  });
});

describe('A table of events', () => {
  const text = 'start,end,person,text\n1,2.5,MARA,"=HYPERLINK(""x"")"\n3,4,TOMAS,\'-- no\n';

  it('names who speaks, and is told from other tables', () => {
    const { narrative } = read(eventsCsv, text);
    const nameOf = new Map(narrative.persons.map(({ id, name }) => [id, name]));
    assert.deepEqual(
      narrative.events.map(({ type, personId, dialogue }) => [type, nameOf.get(personId!), dialogue]),
      [
        ['LINE', 'Mara', '=HYPERLINK("x")'],
        ['LINE', 'Tomas', '-- no'],
      ],
    );
    assert.equal(narrative.cues.length, 2);
    assert.equal(formatOf(text).name, 'events-csv');
    assert.equal(eventsCsv.write!(narrative).text, text);
  });

  it('holds no formula where it is written anew', () => {
    const { narrative } = read(eventsCsv, text);
    const events = narrative.events.map(({ foreign: _, ...event }) => event);
    const { foreign: _, ...episode } = narrative.episode;
    const fresh = eventsCsv.write!({ ...narrative, episode, events }).text;
    assert.match(fresh, /,"'=HYPERLINK\(""x""\)",/);
    assert.match(fresh, /,'-- no,/);
    assert.deepEqual(
      read(eventsCsv, fresh).narrative.events.map(({ dialogue }) => dialogue),
      narrative.events.map(({ dialogue }) => dialogue),
    );
  });

  it('takes the annotated film’s dialogue', function () {
    const path = new URL('../../../../shared/data/studyforrest/dialogue.csv', import.meta.url);
    if (!existsSync(path)) {
      console.error('The annotated film is not here; skipped.');
      this.skip();
    }
    const dialogue = readFileSync(path, 'utf8');
    assert.equal(formatOf(dialogue).name, 'events-csv');
    const { narrative } = read(eventsCsv, dialogue);
    assert.ok(narrative.events.length > 500);
    assert.equal(eventsCsv.write!(narrative).text, dialogue);
  });
});
