import assert from 'node:assert/strict';
import { weighCuts } from '../../workers/detectors/scenes/cut-evidence.js';
import { sceneLogOdds } from '../../workers/detectors/scenes/scene-odds.js';
import { compareShots } from '../../workers/detectors/scenes/shot-likeness.js';
import type { FoundShot, ShotLook } from '../../workers/findings.js';
import { cue, shot } from './findings.fixture.js';

const red = { colours: { 27: 1 }, bright: 1 };
const blue = { colours: { 37: 1 }, bright: 4 };
const film = (looks: readonly (typeof red | typeof blue)[], lengthMs: number): FoundShot[] =>
  looks.map((look, index) => shot(index * lengthMs, (index + 1) * lengthMs, look));
const weigh = (shots: readonly FoundShot[]) => weighCuts(shots, [], { speech: [] });
const near = (value: number, wanted: number) => assert.ok(Math.abs(value - wanted) < 1e-9, `${value}, not ${wanted}`);

describe('evidence at cuts', () => {
  it('contrasts sides that are alike in themselves and not across', () => {
    const [, middle] = weigh(film([red, red, blue, blue], 5000));
    near(middle!.contrast, 1);
    near(middle!.link, 0);
    near(middle!.strangeness, 1);
  });

  it('finds no contrast within one place, and little among shots that share nothing', () => {
    for (const { contrast, link } of weigh(film([red, red, red], 5000))) {
      near(contrast, 0);
      near(link, 1);
    }
    const flurry = Array.from({ length: 20 }, (_, bin) =>
      shot(bin * 500, bin * 500 + 500, { colours: { [bin]: 1 }, bright: bin }),
    );
    const { contrast, strangeness } = weigh(flurry)[9]!;
    assert.ok(contrast < 0.25);
    assert.ok(strangeness < 0.15);
  });

  it('links two shots of one setup over what lies between, for half a minute', () => {
    near(weigh(film([red, blue, red], 5000))[0]!.link, 1);
    near(weigh(film([red, blue, red], 31_000))[0]!.link, 0);
  });

  it('counts a setup that returns, a place that is strange and a contrast, each by itself', () => {
    const neutral = { ...weigh(film([red, red], 5000))[0]!, contrast: 0.3, link: 0.5, strangeness: 0 };
    const odds = sceneLogOdds(neutral);
    assert.ok(sceneLogOdds({ ...neutral, link: 0.95 }) < odds - 1);
    assert.ok(sceneLogOdds({ ...neutral, strangeness: 0.3 }) > odds + 1);
    assert.ok(sceneLogOdds({ ...neutral, contrast: 0.5 }) > odds + 1);
    assert.ok(sceneLogOdds({ ...neutral, loudnessStepDb: 15 }) > odds);
    near(sceneLogOdds({ ...neutral, link: 0 }), odds);
  });

  it('tells whether somebody speaks over a cut, and that it does not know in a film without words', () => {
    const shots = film([red, blue], 5000);
    const spoken = (startMs: number, endMs: number) =>
      weighCuts(shots, [cue(startMs, endMs, 'Words.')], { speech: [] })[0]!.spoken;
    assert.deepEqual([spoken(4000, 6000), spoken(4000, 5200), spoken(5000, 6000)], [true, false, false]);
    assert.equal(weigh(shots)[0]!.spoken, undefined);
  });

  it('measures the step in loudness, but not in a film’s first and last seconds', () => {
    const values = [...Array(20).fill(-40), ...Array(20).fill(-28), ...Array(3).fill(-80)];
    const loudness = { name: 'LOUDNESS' as const, stepMs: 1000, unit: 'dBFS', values };
    const shots = [0, 20_000, 40_000].map((startMs, at) => shot(startMs, [20_000, 40_000, 43_000][at]!, red));
    const steps = weighCuts(shots, [], { speech: [], loudness }).map(({ loudnessStepDb }) => loudnessStepDb);
    assert.deepEqual(steps, [12, undefined]);
  });
});

describe('the likeness of shots', () => {
  /** Bars above and below: a quarter of the frame, as in a wide film. */
  const barred = ({ atMs, colours, layout }: ShotLook): ShotLook => ({
    atMs,
    colours: colours.map((share, bin) => share * 0.75 + ([5, 6, 9, 10].includes(bin) ? 0.0625 : 0)),
    layout: layout.map((luma, cell) => (cell < 8 || cell >= 40 ? luma * 0.25 : luma)),
  });

  it('is the same with bars and without', () => {
    const looks = [red, { colours: { 27: 0.7, 37: 0.3 }, bright: 1 }];
    const plain = looks.map((look, at) => shot(at * 1000, at * 1000 + 1000, look));
    const wide = plain.map((one) => ({ ...one, looks: one.looks.map(barred) }));
    assert.ok(compareShots(plain).colours(0, 1) < 0.5);
    assert.ok(Math.abs(compareShots(wide).colours(0, 1) - compareShots(plain).colours(0, 1)) < 0.05);
  });

  it('leaves out looks from inside a transition', () => {
    const [clear] = shot(0, 4000, red).looks;
    const [mixed] = shot(0, 4000, blue).looks;
    const first = { ...shot(0, 4000, red), looks: [clear!, { ...mixed!, atMs: 3900 }] };
    const second = shot(4000, 8000, blue);
    const dissolved = {
      ...second,
      transitionRange: { startMs: 3500, endMs: 4500 },
      looks: [{ ...mixed!, atMs: 6000 }],
    };
    assert.equal(compareShots([first, second]).colours(0, 1), 1);
    assert.equal(compareShots([first, dissolved]).colours(0, 1), 0);
  });

  it('sees nothing in black', () => {
    const dark = shot(0, 1000, red, {
      looks: [{ atMs: 0, colours: red.colours as never, layout: Array(48).fill(16) }],
    });
    assert.equal(compareShots([dark]).isVisible(0), false);
  });
});
