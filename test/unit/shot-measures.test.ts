import assert from 'node:assert/strict';
import { colourDistance, countColours, histogramLength } from '../../workers/detectors/shots/block-histogram.js';
import { cellTraits, describeCells } from '../../workers/detectors/shots/cells.js';
import { watchFront } from '../../workers/detectors/shots/front.js';
import { packLook, unpackLook } from '../../workers/detectors/shots/look.js';
import { LookGatherer } from '../../workers/detectors/shots/look-gatherer.js';
import { emptyMixture, measureMixture } from '../../workers/detectors/shots/mixture.js';
import { cutRhythm, kaiserWindow, SecondMeans, smoothed } from '../../workers/detectors/shots/picture-signals.js';
import { emptySample, measureFrame } from '../../workers/detectors/shots/sample.js';
import { SampleWindow } from '../../workers/detectors/shots/sample-window.js';
import { structureLikeness, toneLikeness } from '../../workers/detectors/shots/structure.js';
import { mix, plain, type SmallFrame, scene, wiped } from './small-film.fixture.js';

const histogram = (frame: SmallFrame) => {
  const counts = new Uint16Array(histogramLength);
  countColours(frame, counts);
  return counts;
};
const coarse = (frame: SmallFrame) => {
  const sample = emptySample();
  measureFrame(sample, 0, frame, undefined);
  return sample.coarse;
};
const distance = (first: SmallFrame, second: SmallFrame) => colourDistance(histogram(first), histogram(second));

describe('the colour distance of two small frames', () => {
  it('is 0 for the same, near 1 for quite other colours, and small for a slight drift', () => {
    assert.equal(distance(scene(1), scene(1)), 0);
    const blue = plain(40).fill(200, 2304, 2880).fill(60, 2880);
    assert.ok(distance(blue, plain(200)) > 0.95);
    assert.ok(distance(plain(100), plain(101)) < 0.05);
  });

  it('leaves out the three blocks that changed most', () => {
    const corner = scene(1);
    for (let row = 0; row < 12; row++) corner.fill(235, row * 64, row * 64 + 48);
    assert.equal(distance(scene(1), corner), 0);
  });
});

describe('likeness', () => {
  it('of structure does not mind the light; of tone it is high in another light, low for another picture', () => {
    const dimmed = mix(scene(1), plain(16), 0.5);
    assert.ok(structureLikeness(scene(1), dimmed) > 0.95);
    assert.ok(Math.abs(structureLikeness(scene(1), scene(2))) < 0.3);
    assert.ok(toneLikeness(coarse(scene(1)), coarse(dimmed)) > 0.9);
    assert.ok(toneLikeness(coarse(scene(1)), coarse(scene(2))) < 0.5);
  });
});

describe('a mixture', () => {
  const measured = (between: SmallFrame) => {
    const mixture = emptyMixture();
    measureMixture(coarse(between), coarse(scene(1)), coarse(scene(2)), mixture);
    return mixture;
  };

  it('is known by its share, in which all samples agree', () => {
    const { share, unmixed, informative } = measured(mix(scene(1), scene(2), 0.3));
    assert.ok(
      Math.abs(share - 0.3) < 0.06 && unmixed < 0.08 && informative > 0.5,
      `${share} ${unmixed} ${informative}`,
    );
  });

  it('is none in a third picture', () => {
    assert.ok(measured(scene(3)).unmixed > 0.3);
  });
});

describe('a front', () => {
  const cellsOf = (frame: SmallFrame) => {
    const cells = new Float32Array(cellTraits);
    describeCells(coarse(frame), cells);
    return cells;
  };
  const shares = Array.from({ length: 17 }, (_, index) => index / 16);

  it('has an order in a wipe and none in a dissolve', () => {
    const wipe = watchFront(shares.map((share) => cellsOf(wiped(scene(1), scene(2), share))));
    assert.ok((wipe?.order ?? 0) > 0.9, `${wipe?.order}`);
    assert.ok(Math.abs((wipe?.middle ?? 0) - 0.5) < 0.1);
    assert.ok((wipe?.clarity ?? 0) > 0.85, `${wipe?.clarity}`);
    assert.equal(watchFront(shares.map((share) => cellsOf(mix(scene(1), scene(2), share)))), undefined);
  });

  it('is nowhere between like pictures', () => {
    assert.equal(watchFront([cellsOf(scene(1)), cellsOf(scene(1))]), undefined);
  });
});

describe('the window of latest frames', () => {
  it('keeps what its span asks for, reuses the rest, and finds frames by time', () => {
    const window = new SampleWindow(1000, 4);
    for (let atMs = 0; atMs <= 10_000; atMs += 40) window.push(atMs);
    assert.equal(window.at(window.first).atMs, 9000);
    assert.equal(window.at(window.nearest(9499)).atMs, 9480);
    assert.equal(window.at(window.nearest(9501)).atMs, 9520);
    assert.throws(() => window.at(0), RangeError);
  });

  it('keeps the least number of frames however far apart they are', () => {
    const window = new SampleWindow(1000, 4);
    for (let atMs = 0; atMs < 60_000; atMs += 5000) window.push(atMs);
    assert.ok(window.next - window.first >= 4);
  });
});

describe('a look', () => {
  it('has colour shares that add up to 1 and the luma of a grid', () => {
    const { colours, layout } = unpackLook(packLook(0, coarse(scene(1))));
    assert.ok(Math.abs(colours.reduce((sum, share) => sum + share, 0) - 1) < 0.01);
    assert.deepEqual([colours.length, layout.length], [64, 48]);
    assert.deepEqual(new Set(unpackLook(packLook(0, coarse(plain(235)))).layout), new Set([255]));
  });

  it('is gathered at even moments of a stretch, one for two seconds', () => {
    const looks = new LookGatherer();
    for (let atMs = 0; atMs < 10_000; atMs += 40) looks.take(atMs, 0, coarse(scene(1)));
    assert.deepEqual(
      looks.during(0, 8000).map(({ atMs }) => Math.round(atMs / 1000)),
      [1, 3, 5, 7],
    );
    assert.deepEqual(looks.during(20_000, 30_000), []);
  });
});

describe('signals of every second', () => {
  it('are means, and repeat where nothing was measured', () => {
    const means = new SecondMeans();
    means.add(0, 1);
    means.add(900, 3);
    means.add(2500, 10);
    assert.deepEqual(means.values(3001), [2, 2, 10, 10]);
  });

  it('show a faster rhythm where shots are shorter', () => {
    const { values } = cutRhythm([0, 20_000, 21_000, 22_000, 23_000, 24_000], 40_000);
    assert.equal(values.length, 40);
    assert.ok((values[22] ?? 0) > (values[8] ?? 0) && (values[22] ?? 0) <= 100);
  });

  it('are smoothed by a symmetric window that leaves what is even', () => {
    const window = kaiserWindow(9, 5);
    assert.equal(window[4], 1);
    assert.deepEqual(window, window.toReversed());
    assert.ok(smoothed([7, 7, 7, 7, 7], window).every((value) => Math.abs(value - 7) < 1e-9));
  });
});
