/** CMX3600 edit lists: timecode, what other systems write, and what goes there and back. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems, type Narrative } from '../../schema/narrative.js';
import {
  frameAt,
  frameOf,
  labelOf,
  msOf,
  nameRate,
  perSecond,
  rateCalled,
  rateFor,
} from '../../src/formats/edl/timecode.js';
import { edl } from '../../src/formats/edl.js';
import { correctField } from '../../src/narrative/correct-field.js';
import { buildNarrative, shortPlans } from '../narratives.js';
import { givesTextsBack } from './round-trips.fixture.js';

const rates = [23.976, 24, 25, 29.97, 30, 48, 50, 59.94, 60].map(rateFor);
const read = (text: string) => edl.read!(text, { episodeId: 'ep' });
const timesOf = ({ shots }: Narrative) => shots.map(({ startMs, endMs, transition }) => [startMs, endMs, transition]);

describe('Timecode', () => {
  it('leaves two numbers out each minute but every tenth at 29.97, four at 59.94', () => {
    const drop = rateFor(30_000 / 1001);
    for (const [frame, label] of [
      [1799, '00:00:59;29'],
      [1800, '00:01:00;02'],
      [17_981, '00:09:59;29'],
      [17_982, '00:10:00;00'],
      [107_892, '01:00:00;00'],
    ] as const) {
      assert.equal(labelOf(frame, drop), label);
      assert.equal(frameOf(label, drop), frame);
    }
    assert.equal(labelOf(3600, rateFor(59.94)), '00:01:00;04');
    assert.equal(labelOf(1440, rateFor(23.976)), '00:01:00:00');
    assert.equal(msOf(1440, rateFor(23.976)), 60_060);
  });

  it('names each frame once at every rate, and no time is further than half a frame from one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rates), fc.nat(5_000_000), fc.nat(36_000_000), (rate, frame, ms) => {
        assert.equal(frameOf(labelOf(frame, rate), rate), frame);
        assert.ok(labelOf(frame, rate) < labelOf(frame + 1, rate));
        assert.equal(frameAt(msOf(frame, rate), rate), frame);
        assert.ok(Math.abs(msOf(frameAt(ms, rate), rate) - ms) <= 500 / perSecond(rate) + 0.5);
        assert.deepEqual(rateCalled(nameRate(rate)), rate);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** As Avid, Premiere and Resolve write them: reels, dissolves in pairs, sound, speed, remarks. */
const list = [
  ...['TITLE: MY CUT', 'FCM: NON-DROP FRAME', ''],
  ...['001  TAPE1    V     C        10:02:03:04 10:02:05:04 01:00:00:00 01:00:02:00', '* FROM CLIP NAME: PIER.MOV'],
  ...['* COMMENT: NICE', '002  TAPE1    A2    C        10:02:03:04 10:02:05:04 01:00:00:00 01:00:02:00', ''],
  ...['003  TAPE1    V     C        10:02:05:04 10:02:05:04 01:00:02:00 01:00:02:00'],
  ...[
    '003  TAPE2    B     D    024 00:00:01:00 00:00:04:00 01:00:02:00 01:00:05:00',
    'M2   TAPE2      -12.5      00:00:01:00',
  ],
  ...['004  BL       V     C        00:00:00:00 00:00:00:00 01:00:05:00 01:00:05:00'],
  ...['004  TAPE1    AA/V  D    012 10:00:00:00 10:00:01:00 01:00:05:00 01:00:06:00'],
  ...['005  TAPE1    V     W001 012 10:00:00:00 10:00:01:12 01:00:06:00 01:00:07:12', ''],
].join('\r\n');

describe('An edit list', () => {
  it('is read as the shots of its picture, from the hour at which it starts', () => {
    const { narrative, report } = read(list);
    assert.deepEqual(timesOf(narrative), [
      [0, 2000, 'START'],
      [2000, 5000, 'DISSOLVE'],
      [5000, 6000, 'FADE'],
      [6000, 7500, 'WIPE'],
    ]);
    assert.deepEqual([narrative.episode.title, narrative.episode.frameRate], ['MY CUT', 24]);
    assert.match(
      report.map(({ reason }) => reason).join(' '),
      /numbers go up to 12, so 24 a second.*start, 1:00:00:00/,
    );
  });

  it('comes out to the letter, but for what a person changed', () => {
    const { narrative } = read(list);
    assert.equal(edl.write!(narrative).text, list);
    const change = (n: number, field: string, value: unknown) => {
      const shots = narrative.shots.map((shot, at) => (at === n ? correctField(shot, shot, field, value) : shot));
      return edl.write!({ ...narrative, shots }).text;
    };
    assert.equal(
      change(0, 'endMs', 1500),
      list.replace('10:02:05:04 01:00:00:00 01:00:02:00\r\n* FROM', '10:02:04:16 01:00:00:00 01:00:01:12\r\n* FROM'),
    );
    assert.equal(
      change(1, 'startMs', 2500),
      list.replace('00:00:01:00 00:00:04:00 01:00:02:00', '00:00:01:12 00:00:04:00 01:00:02:12'),
    );
    assert.equal(change(3, 'transition', 'CUT'), list.replace('W001 012', 'C       '));
  });

  it('counts drop-frame where it says so', () => {
    const text = 'FCM: DROP FRAME\n001  AX V C 00:00:00;00 00:01:00;02 00:00:00;00 00:01:00;02\n';
    const { narrative, report } = read(text);
    assert.deepEqual(
      [timesOf(narrative), report.filter(({ reason }) => /frame rate/.test(reason))],
      [[[0, 60_060, 'START']], []],
    );
  });

  it('is refused with the line where no edit can be read; one that is broken is left out', () => {
    const broken = '001  AX V C 00:00:00:00 00:00:61:00 00:00:00:00 00:00:61:00';
    assert.throws(() => read(`TITLE: X\n${broken}\n`), { code: 'SCRIPT_UNREADABLE', message: /^Line 2: / });
    assert.throws(() => read('TITLE: X\n'), { code: 'SCRIPT_UNREADABLE', message: /^Line 1: / });
    const good = '002  AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00';
    const { narrative, report } = read(`${broken}\n${good}\n003  AX V C 00:00:01:00 00:00\n`);
    assert.equal(narrative.shots.length, 1);
    assert.deepEqual(
      report.flatMap(({ what, line }) => (what === 'LOST' ? [line] : [])),
      [1, 3],
    );
  });

  it('gives every text back to the letter', () => {
    const rows = fc.constantFrom(
      ...list.split('\r\n').slice(3),
      ...[
        'FCM: DROP FRAME',
        '* LOC: 01:00:00:10 RED   X',
        '',
        '006  AX V C 00:00:01:00 00:00',
        'SPLIT:    AUDIO DELAY=  00:00:00:10',
      ],
      ...['010  AX       V     C        00:00:00:00 00:00:02:00 00:00:03:00 00:00:02:00', 'nonsense', '\u2028'],
    );
    const texts = fc
      .record({
        rows: fc.array(rows, { minLength: 1, maxLength: 9 }),
        end: fc.constantFrom('\n', '\r\n'),
        last: fc.boolean(),
      })
      .map(({ rows: drawn, end, last }) => ['TITLE: X', ...drawn].join(end) + (last ? end : ''));
    givesTextsBack(edl, texts, { readable: 500 });
  });

  it('gives every shot of a narrative back to the frame, and says which lay between frames', () => {
    const films = fc
      .record({
        plan: shortPlans(6, 0, 0),
        framesPerSecond: fc.constantFrom(12.3, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60, undefined),
      })
      .map(({ plan, framesPerSecond }) => {
        const narrative = buildNarrative(plan);
        const { frameRate: _, ...episode } = narrative.episode;
        return { ...narrative, episode: { ...episode, ...(framesPerSecond && { frameRate: framesPerSecond }) } };
      });
    fc.assert(
      fc.property(films, (narrative) => {
        const rate = rateFor(narrative.episode.frameRate ?? 25);
        const { text, dropped } = edl.write!(narrative);
        const wanted = narrative.shots
          .map(({ startMs, endMs, transition }) => {
            return [msOf(frameAt(startMs, rate), rate), msOf(frameAt(endMs, rate), rate), transition] as const;
          })
          .filter(([startMs, endMs]) => endMs > startMs);
        const count = (what: string, reason: RegExp) =>
          dropped.find((one) => one.what === what && reason.test(one.reason))?.count ?? 0;
        assert.equal(count('shots', /Too short/), narrative.shots.length - wanted.length);
        const moved = narrative.shots.filter(({ startMs, endMs }) =>
          [startMs, endMs].some((ms) => msOf(frameAt(ms, rate), rate) !== ms),
        );
        assert.equal(count('shots.startMs', /whole frames/), moved.length);
        if (wanted.length === 0) return;
        const { narrative: back } = read(text);
        assert.deepEqual(findProblems(back), []);
        const plain = (transition: string) => (transition === 'START' ? 'CUT' : transition);
        assert.deepEqual(
          timesOf(back).map(([from, to, transition]) => [from, to, plain(String(transition))]),
          wanted.map(([from, to, transition]) => [from, to, plain(transition)]),
        );
        assert.equal(edl.write!(back).text, text);
      }),
      { numRuns: 1_000 },
    );
  });
});
