import { deepEqual, equal, ok } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { clip, other, spread, white } from '../../bench/cue-corpus.js';
import { scoreCues, type TimedText } from '../../bench/cue-score.js';
import { type RenderedClip, renderClip } from '../../bench/rendered-subtitles.js';
import { readBurnedInCues } from '../../workers/stages/burned-in-cues.js';
import { probeStage } from '../../workers/stages/probe.js';
import { openStageContext } from '../stage-context.fixture.js';

const data = '../shared/data';

describe('subtitles on the picture', () => {
  let context: Awaited<ReturnType<typeof openStageContext>>;
  before(async () => {
    context = await openStageContext('');
  });
  after(async () => {
    await context.close();
    await rm(context.scratch, { recursive: true, force: true });
  });

  async function read(path: string) {
    const film = { ...context, film: { path, sha256: '' } };
    return readBurnedInCues(film, { probe: await probeStage.run(film, {}) });
  }
  async function readRendered(made: RenderedClip) {
    const path = join(context.scratch, `${made.name}.mp4`);
    await renderClip(made, path);
    return read(path);
  }

  it('are read over a moving picture, with their spaces, lines and times, apart from logo and name plate', async () => {
    const cues = spread(
      ['I will be back by ten.', 'Is that a promise?', 'No, Ella.\nIt is only a plan.', 'Then go!'],
      400,
    );
    const { cues: found, sceneTexts } = await readRendered(
      clip(
        'dialogue',
        '640x360',
        '25',
        { lavfi: 'mandelbrot=s=640x360:r=25' },
        { ...white, size: 0.06 },
        {
          cues,
          others: [
            other('CHANNEL 9', { ...white, size: 0.05, place: 9 }, '', 0, 20_000),
            other('Ella Stone, pilot', { ...white, size: 0.045, place: 1, margin: 0.25 }, '', 1000, 4000),
          ],
        },
      ),
    );
    const score = scoreCues(cues, found);
    deepEqual(score.differences, []);
    equal(score.f1, 1);
    ok(score.maxEdgeErrorMs <= 40, `${score.maxEdgeErrorMs} ms`);
    ok(found.every(({ source, confidence }) => source === 'BURNED_IN' && confidence > 0.9 && confidence <= 1));
    const named = sceneTexts.map(({ text }) => text.replace(/\s/g, '')).join(' ');
    ok(/EllaStone/.test(named), named);
    ok(sceneTexts.every(({ why }) => why.length > 0));
  });

  it('are none where only credits, a title and a ticker stand on the picture', async () => {
    const { cues } = await readRendered(
      clip('credits', '640x360', '25', { lavfi: 'testsrc2=s=640x360:r=25' }, white, {
        cues: [],
        durationMs: 9000,
        others: [
          other('THE LONG WINTER', { ...white, size: 0.14, place: 5 }, '', 500, 3000),
          other('Directed by\nAnna Lindqvist', { ...white, place: 5 }, '', 4000, 8000),
          other('Storm warning for the north coast', { ...white, place: 1 }, '\\move(1800,950,-900,950)', 0, 9000),
        ],
      }),
    );
    deepEqual(cues, []);
  });

  it('of the palace clip are all found, to the frame, and its glosses are none', async function () {
    const path = `${data}/video/palace-drama-90s.mp4`;
    if (!existsSync(path)) this.skip();
    const truth = JSON.parse(readFileSync(`${data}/truth/palace-cues.json`, 'utf8')) as { cues: TimedText[] };
    const { cues, sceneTexts } = await read(path);
    const score = scoreCues(truth.cues, cues);
    // Measured: F1 1, 2 wrong characters of 202 (one is not in the model's dictionary), edges exact.
    ok(score.f1 >= 0.97, `F1 ${score.f1}`);
    ok(score.characterErrors / score.characters <= 0.02, score.differences.join('; '));
    ok(score.maxEdgeErrorMs <= 34, `${score.maxEdgeErrorMs} ms`);
    ok(sceneTexts.some(({ text, startMs }) => text.includes('不为已甚') && startMs > 19_400 && startMs < 20_000));
  });
});
