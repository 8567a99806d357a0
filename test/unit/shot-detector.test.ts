import assert from 'node:assert/strict';
import { boundariesOf, mix, plain, type SmallFrame, scene, still, through, wiped } from './small-film.fixture.js';

const [one, other, third] = [scene(1), scene(2), scene(3)] as const;
const black = plain(16);
const kinds = (frames: readonly SmallFrame[], frameMs?: number) =>
  boundariesOf(frames, frameMs).map(({ atMs, transition }) => `${transition} ${atMs}`);

describe('the shot detector', () => {
  it('finds a cut at the first frame of the new shot', () => {
    assert.deepEqual(kinds([...still(one, 30), ...still(other, 30), ...still(third, 5)]), ['CUT 1200', 'CUT 2400']);
  });

  it('finds cuts between pictures a second apart, though one set is seen from two sides in turn', () => {
    const reverse = scene(1, 23);
    const frames = [...still(one, 25), ...still(reverse, 25), ...still(one, 25), ...still(reverse, 25)];
    assert.deepEqual(kinds(frames), ['CUT 1000', 'CUT 2000', 'CUT 3000']);
  });

  it('finds a cut beside a flash', () => {
    const flash = plain(235);
    const before = [...still(one, 30), ...still(flash, 2), ...still(one, 10), ...still(other, 40)];
    assert.deepEqual(kinds(before), ['CUT 1680']);
    assert.deepEqual(kinds(before.toReversed()), ['CUT 1600']);
  });

  it('finds a cut to a title on black beside a black frame, which is no return of the title', () => {
    const title = black.slice();
    for (let at = 17 * 64 + 20; at < 17 * 64 + 44; at += 2) title[at] = 200;
    assert.deepEqual(kinds([...still(one, 30), black, black, ...still(one, 10), ...still(title, 40)]), ['CUT 1680']);
  });

  it('finds a cut once where pulldown mixes the two shots', () => {
    assert.equal(kinds([...still(one, 30), mix(one, other, 0.5), ...still(other, 30)]).length, 1);
  });

  it('takes flashes, strobes and dropped frames for no boundary', () => {
    const flash = mix(one, plain(235), 0.9);
    assert.deepEqual(kinds([...still(one, 30), flash, ...still(one, 30)]), []);
    assert.deepEqual(
      kinds([...still(one, 30), ...Array.from({ length: 24 }, (_, n) => (n % 4 < 2 ? flash : one)), ...still(one, 30)]),
      [],
    );
    assert.deepEqual(kinds([...still(one, 30), black, black, ...still(one, 30)]), []);
  });

  it('takes white that comes at once, goes slowly and leaves the same picture for no boundary', () => {
    const white = plain(235);
    const bang = (after: SmallFrame) => [
      ...[...still(one, 30), ...still(white, 5)],
      ...[...through(25, (share) => mix(white, after, share)), ...still(after, 40)],
    ];
    assert.deepEqual(kinds(bang(one)), []);
    assert.notDeepEqual(kinds(bang(other)), []);
  });

  it('takes light that comes over a moving picture for no dissolve', () => {
    const light = (index: number) => (index < 40 || index > 80 ? 0 : 0.6 * Math.sin((Math.PI * (index - 40)) / 40));
    const lit = (index: number) => mix(scene(1, index >> 2), plain(235), light(index));
    assert.deepEqual(kinds(Array.from({ length: 130 }, (_, index) => lit(index))), []);
  });

  it('takes a panning camera and a change of light for no boundary', () => {
    assert.deepEqual(kinds(Array.from({ length: 90 }, (_, index) => scene(1, index))), []);
    const light = (share: number) => mix(one, plain(200), 0.6 * Math.sin(Math.PI * share));
    assert.deepEqual(kinds([...still(one, 40), ...through(25, light), ...still(one, 40)]), []);
  });

  it('takes a caption that appears for no boundary', () => {
    const captioned = one.slice();
    for (let row = 29; row < 33; row++) captioned.fill(235, row * 64 + 14, row * 64 + 50);
    assert.deepEqual(kinds([...still(one, 40), ...still(captioned, 40), ...still(one, 40)]), []);
  });

  it('finds a fade through black at its darkest, with its range', () => {
    const frames = [
      ...still(one, 40),
      ...through(14, (share) => mix(one, black, share)),
      ...still(black, 5),
      ...through(14, (share) => mix(black, other, share)),
      ...still(other, 40),
    ];
    const [fade, ...more] = boundariesOf(frames);
    assert.deepEqual([fade?.transition, more.length], ['FADE', 0]);
    assert.ok(Math.abs((fade?.atMs ?? 0) - 56 * 40) <= 80, `${fade?.atMs}`);
    assert.ok(
      Math.abs((fade?.range?.startMs ?? 0) - 40 * 40) <= 120 && Math.abs((fade?.range?.endMs ?? 0) - 73 * 40) <= 120,
    );
  });

  it('takes a title card on black for a shot between two fades', () => {
    const card = black.slice();
    for (let at = 17 * 64 + 20; at < 17 * 64 + 44; at += 2) card[at] = 200;
    const frames = [
      ...still(one, 40),
      ...through(14, (share) => mix(one, card, share)),
      ...still(card, 40),
      ...still(black, 10),
      ...through(14, (share) => mix(black, other, share)),
      ...still(other, 40),
    ];
    assert.deepEqual(
      boundariesOf(frames).map(({ transition }) => transition),
      ['FADE', 'FADE'],
    );
  });

  it('knows no fade into the film’s first picture or out of its last', () => {
    const into = [...still(black, 10), ...through(20, (share) => mix(black, one, share)), ...still(one, 40)];
    assert.deepEqual(kinds(into), []);
    assert.deepEqual(kinds(into.toReversed()), []);
  });

  it('finds a dissolve at its middle, with its range', () => {
    const frames = [...still(one, 40), ...through(24, (share) => mix(one, other, share)), ...still(other, 40)];
    const [dissolve, ...more] = boundariesOf(frames);
    assert.deepEqual([dissolve?.transition, more.length], ['DISSOLVE', 0]);
    assert.ok(Math.abs((dissolve?.atMs ?? 0) - 52 * 40) <= 120, `${dissolve?.atMs}`);
    assert.ok((dissolve?.range?.startMs ?? 0) >= 1500 && (dissolve?.range?.endMs ?? 0) <= 2700);
  });

  it('finds a wipe by its moving front', () => {
    const frames = [...still(one, 40), ...through(24, (share) => wiped(one, other, share)), ...still(other, 40)];
    const [wipe, ...more] = boundariesOf(frames);
    assert.deepEqual([wipe?.transition, more.length], ['WIPE', 0]);
    assert.ok(Math.abs((wipe?.atMs ?? 0) - 52 * 40) <= 160, `${wipe?.atMs}`);
  });

  it('finds a wipe between moving pictures, and one onto a title', () => {
    const moving = Array.from({ length: 104 }, (_, index) => {
      const share = Math.max(0, Math.min(1, (index - 40) / 24));
      return wiped(scene(1, index >> 3), scene(2, index >> 2), share);
    });
    assert.deepEqual(
      boundariesOf(moving).map(({ transition }) => transition),
      ['WIPE'],
    );
    const title = black.slice();
    for (let at = 17 * 64 + 20; at < 17 * 64 + 44; at += 2) title[at] = 200;
    const onto = [...still(one, 40), ...through(20, (share) => wiped(one, title, share)), ...still(title, 40)];
    assert.deepEqual(
      boundariesOf([...onto, ...still(other, 40)]).map(({ transition }) => transition),
      ['WIPE', 'CUT'],
    );
  });

  it('finds nothing in one frame, in none, and in the dark', () => {
    assert.deepEqual([kinds([one]), kinds([]), kinds(still(black, 50))], [[], [], []]);
  });

  it('gives every boundary a confidence and evidence in figures', () => {
    for (const { confidence, evidence } of boundariesOf([...still(one, 30), ...still(other, 30)])) {
      assert.ok(confidence > 0.5 && confidence < 1);
      assert.match(evidence.note ?? '', /\d/);
    }
  });
});
