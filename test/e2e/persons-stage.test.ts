import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personsStage } from '../../workers/stages/persons.js';
import { openStageContext } from '../stage-context.fixture.js';
import { shotsAt, track } from '../unit/face-tracks.fixture.js';
import { oneShotFindings } from '../unit/findings.fixture.js';

describe('the persons stage', () => {
  let folder: string;
  let context: Awaited<ReturnType<typeof openStageContext>>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabula-persons-'));
    const film = join(folder, 'film.mp4');
    const source = ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=25:duration=6'];
    execFileSync('ffmpeg', ['-v', 'error', ...source, '-pix_fmt', 'yuv420p', film]);
    context = await openStageContext(film);
  });

  after(async () => {
    await context.close();
    await rm(context.scratch, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  const read = (tracks: ReturnType<typeof track>[]) => ({
    ...oneShotFindings,
    shots: { ...oneShotFindings.shots, shots: shotsAt(0, 2000, 4000) },
    people: { ...oneShotFindings.people, tracks },
  });

  it('cuts a portrait of each person out of the film, and finds the same again', async () => {
    const tracks = [
      track({ person: 1, startMs: 0 }),
      track({ person: 2, startMs: 2000 }),
      track({ person: 1, startMs: 4000, endMs: 5500 }),
    ];
    const found = await personsStage.run(context, read(tracks));
    assert.deepEqual(
      found.persons.map((person) => [person.tracks, person.gender]),
      [
        [[0, 2], 'male'],
        [[1], 'male'],
      ],
    );
    for (const { portraitId } of found.persons) {
      const jpeg = await readFile(context.pictures.pathOf(portraitId ?? '') ?? '');
      assert.deepEqual([...jpeg.subarray(0, 2)], [0xff, 0xd8]);
    }
    assert.deepEqual(await personsStage.run(context, read(tracks)), found);
  });

  it('shows a face again where its readings contradict each other, and keeps what was read before', async () => {
    const [doubtful] = [track({ person: 1, startMs: 0 })];
    const readings = doubtful.readings.map((reading, index) => ({
      ...reading,
      female: index % 2,
      age: 20 + 40 * index,
    }));
    const { persons } = await personsStage.run(context, read([{ ...doubtful, readings }]));
    assert.ok(persons[0]?.otherReadings?.some(({ field, by }) => field === 'ageRange' && by.includes('as filmed')));
  });

  it('says that nobody can be seen where there is no face', async () => {
    const { summary, persons } = await personsStage.run(context, read([]));
    assert.equal(summary, 'Nobody whose face can be seen.');
    assert.deepEqual(persons, []);
  });
});
