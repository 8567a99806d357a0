import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alignScript } from '../../src/narrative/alignment/align-script.js';
import type { Alignment } from '../../src/narrative/alignment/alignment.js';
import type { FilmCue, ScriptLine } from '../../src/narrative/alignment/script-line.js';
import { fitTimeMap } from '../../src/narrative/alignment/time-map.js';
import { median } from '../../src/narrative/median.js';
import { seededRandom } from '../../src/narrative/seeded-random.js';
import { dialogueFilm, fileOf, lengthOf, misread, thinned, untimed } from '../dialogue-films.js';

const align = (lines: readonly ScriptLine[], film: readonly FilmCue[]): Alignment =>
  alignScript({ title: 'A script', format: 'srt', lines, places: [] }, film, lengthOf(film));

/** How far each line is from where it belongs, in milliseconds; lines that are not placed are left out. */
const errorsOf = ({ lines }: Alignment, truth: readonly (number | undefined)[]): number[] =>
  lines.flatMap(({ film }, n) => (film && truth[n] !== undefined ? [Math.abs(film.startMs - truth[n])] : []));

const shareOf = ({ lines }: Alignment, outcome: string) =>
  lines.filter((line) => line.outcome === outcome).length / lines.length;

const starts = (film: readonly FilmCue[]) => film.map(({ startMs }) => startMs);

describe('Aligning a script', () => {
  const film = dialogueFilm(200);

  it('puts a subtitle file that is shifted, stretched and has gaps on the film’s own cues', () => {
    const random = seededRandom(5);
    const kept = film.map(() => random() >= 0.1);
    const lines = fileOf(film, 7_000, 1.04).filter((_, n) => kept[n]);
    const found = align(lines, film);
    const errors = errorsOf(
      found,
      starts(film).filter((_, n) => kept[n]),
    );
    assert.equal(median(errors), 0);
    assert.ok(
      errors.every((ms) => ms <= 300),
      'all of them',
    );
    assert.ok(shareOf(found, 'MATCHED') > 0.98);
    assert.ok(Math.abs(found.map!.rate - 1 / 1.04) < 1e-4);
    assert.ok(found.map!.medianResidualMs < 100);
  });

  it('needs no clock: a screenplay’s lines go where they are said', () => {
    const found = align(untimed(film), film);
    assert.ok(shareOf(found, 'MATCHED') > 0.98);
    assert.equal(median(errorsOf(found, starts(film))), 0);
    assert.equal(found.map, undefined);
  });

  for (const [script, errorRate] of [
    ['latin', 0.1],
    ['han', 0.15],
  ] as const)
    it(`finds lines in cues that were misread (${script}, ${errorRate * 100} % of the signs)`, () => {
      const truth = dialogueFilm(300, script, 9);
      const read = misread(truth, errorRate, seededRandom(3));
      for (const lines of [fileOf(truth, -4_000), untimed(truth)]) {
        const found = align(lines, read);
        assert.ok(shareOf(found, 'MATCHED') > 0.85, `${shareOf(found, 'MATCHED')} matched`);
        assert.equal(median(errorsOf(found, starts(truth))), 0);
      }
    });

  it('refuses a script of another film, a translation, and one without dialogue', () => {
    const other = dialogueFilm(300, 'latin', 77);
    const translated = dialogueFilm(300, 'han', 5);
    for (const lines of [fileOf(other), untimed(other), fileOf(translated), [], [{ text: '…' }]])
      assert.throws(() => align(lines, film), { code: 'SCRIPT_MISMATCH' });
    assert.throws(() => align(untimed(film), translated), { code: 'SCRIPT_MISMATCH', message: /another language/ });
    assert.throws(() => align(untimed(film), []), { code: 'SCRIPT_MISMATCH', message: /no cues/ });
  });

  it('takes a file of which half belongs to the film, and says which lines do not', () => {
    const found = align(untimed(film.slice(0, 133)), film.slice(67));
    assert.ok(found.lines.slice(0, 63).every(({ outcome }) => outcome === 'UNPLACED'));
    assert.ok(shareOf(found, 'MATCHED') > 0.48);
    assert.equal(found.otherCues, film.length - 67 - found.laid.length);
  });

  it('follows a film that was cut: the clock jumps there', () => {
    const goneMs = film[160]!.startMs - film[120]!.startMs;
    const cut = [
      ...film.slice(0, 120),
      ...film.slice(160).map((cue) => ({ ...cue, startMs: cue.startMs - goneMs, endMs: cue.endMs - goneMs })),
    ];
    const found = align(fileOf(film, 2_000, 1.04), cut);
    assert.equal(found.map!.pieces.length, 2);
    const truth = film.map(({ startMs }, n) => (n < 120 ? startMs : n < 160 ? undefined : startMs - goneMs));
    assert.ok(errorsOf(found, truth).every((ms) => ms <= 300));
    assert.ok(found.lines.slice(121, 159).filter(({ outcome }) => outcome === 'UNPLACED').length > 30);
  });

  it('finds a scene that stands elsewhere in the script', () => {
    const moved = [...film.slice(0, 50), ...film.slice(150, 180), ...film.slice(50, 150), ...film.slice(180)];
    const found = align(untimed(moved), film);
    const errors = errorsOf(found, starts(moved));
    assert.ok(errors.filter((ms) => ms === 0).length > 190, `${errors.filter((ms) => ms === 0).length} of 200`);
  });

  it('puts what is said again and again where the script’s clock has it', () => {
    const chorus = film.map((cue, n) => (n % 3 === 0 ? { ...cue, text: 'Yes.' } : cue));
    const random = seededRandom(8);
    const kept = chorus.map(() => random() >= 0.3);
    const found = align(
      fileOf(chorus, 7_000).filter((_, n) => kept[n]),
      chorus,
    );
    const errors = errorsOf(
      found,
      starts(chorus).filter((_, n) => kept[n]),
    );
    assert.ok(errors.every((ms) => ms === 0));
  });

  it('breaks speeches where the film’s cues do, and joins what one cue says', () => {
    const cues = ['I looked for you everywhere, all', 'night long. Where were you?', 'At the harbour.'].map(
      (text, n) => ({
        ...{ id: `cue:${n}`, startMs: n * 3_000, endMs: n * 3_000 + 2_500, text },
      }),
    );
    const lines = [
      { text: 'I looked for you everywhere all night long!', speaker: { name: 'Mara' } },
      { text: 'Where were you?', speaker: { name: 'Mara' } },
      { text: 'At the harbor.', speaker: { name: 'Tomas' } },
    ];
    const { laid } = align(lines, cues);
    assert.deepEqual(
      laid.map(({ parts }) => parts.map(({ line, text }) => [line, text])),
      [
        [[0, 'I looked for you everywhere all']],
        [
          [0, 'night long!'],
          [1, 'Where were you?'],
        ],
        [[2, 'At the harbor.']],
      ],
    );
  });

  it('leaves a word where it is said by somebody else, far from the rest of its line', () => {
    const cues = [
      { id: 'a', startMs: 0, endMs: 2_000, text: 'We shall never see the harbour again.' },
      { id: 'b', startMs: 3_000, endMs: 3_500, text: 'Yes.' },
      { id: 'c', startMs: 30_000, endMs: 33_000, text: 'I have looked for you everywhere.' },
      { id: 'd', startMs: 34_000, endMs: 36_000, text: 'And the keys were gone by then.' },
    ];
    const lines = [cues[0]!.text, 'Yes. I have looked for you everywhere.', cues[3]!.text].map((text) => ({ text }));
    const { lines: found, laid } = align(lines, cues);
    assert.deepEqual(found[1]!.film, { startMs: 30_000, endMs: 33_000 });
    assert.deepEqual(
      laid.map(({ cueId }) => cueId),
      ['a', 'c', 'd'],
    );
  });

  it('reads traditional and simplified signs, width and punctuation as one', () => {
    const texts = ['多少人将自家的富贵', '寄在尔等身上', '岂是尔等一句不披', '便能不披的'];
    const cues = texts.map((text, n) => ({ id: `${n}`, startMs: n * 2_000, endMs: n * 2_000 + 1_500, text }));
    const lines = [{ text: '多少人將自家的富貴，寄在爾等身上——' }, { text: '豈是爾等一句「不披」，便能不披的？' }];
    const { laid, covered } = align(lines, cues);
    assert.equal(covered, 1);
    assert.deepEqual(
      laid.map(({ parts }) => parts.map(({ text }) => text).join('|')),
      ['多少人將自家的富貴，', '寄在爾等身上——', '豈是爾等一句「不披」，', '便能不披的？'],
    );
  });

  it('gives a line that no cue says a time only where the film has room for it', () => {
    const cues = dialogueFilm(40, 'latin', 4);
    const gapless = cues.map((cue, n) => ({ ...cue, endMs: (cues[n + 1]?.startMs ?? cue.endMs + 100) - 20 }));
    const missing = { text: 'Nobody has ever heard this line at all.' };
    const lines = [...untimed(cues.slice(0, 20)), missing, ...untimed(cues.slice(20))];
    const later = cues.map((cue, n) =>
      n < 20 ? cue : { ...cue, startMs: cue.startMs + 3_000, endMs: cue.endMs + 3_000 },
    );
    const roomy = align(lines, later).lines[20]!;
    assert.equal(roomy.outcome, 'ESTIMATED');
    assert.ok(roomy.film!.startMs >= later[19]!.endMs && roomy.film!.endMs <= later[20]!.startMs);
    const full = align(lines, gapless).lines[20]!;
    assert.equal(full.outcome, 'UNPLACED');
    assert.match(full.why!, /leaves no time/);
    assert.match(align([...untimed(cues), missing], cues).lines[40]!.why!, /one side/);
  });
});

describe('Laws of aligning a script', () => {
  const films = fc
    .record({
      count: fc.integer({ min: 8, max: 25 }),
      script: fc.constantFrom('latin' as const, 'han' as const),
      seed: fc.nat(9_999),
    })
    .map(({ count, script, seed }) => dialogueFilm(count, script, seed));

  it('a film’s own cues are where they are', () =>
    fc.assert(
      fc.property(films, (film) => {
        const { lines, laid, map } = align(fileOf(film), film);
        for (const [n, { outcome, film: at, text }] of lines.entries()) {
          assert.deepEqual([outcome, at], ['MATCHED', { startMs: film[n]!.startMs, endMs: film[n]!.endMs }], text);
          assert.deepEqual(
            laid[n]!.parts.map((part) => part.text),
            [text],
          );
        }
        assert.ok(!map || Math.abs(map.rate - 1) < 1e-6);
      }),
      { numRuns: 40 },
    ));

  it('shifting and stretching the script’s clock moves nothing in the film', () =>
    fc.assert(
      fc.property(
        films,
        fc.integer({ min: -60_000, max: 600_000 }),
        fc.constantFrom(0.96, 1, 1.001, 1.04),
        (film, shiftMs, rate) => {
          const placesOf = (alignment: Alignment) => alignment.lines.map(({ outcome, film: at }) => [outcome, at]);
          assert.deepEqual(placesOf(align(fileOf(film, shiftMs, rate), film)), placesOf(align(fileOf(film), film)));
        },
      ),
      { numRuns: 40 },
    ));

  it('moving the film moves every line as far', () =>
    fc.assert(
      fc.property(films, fc.nat(9_999_999), (film, byMs) => {
        const later = film.map((cue) => ({ ...cue, startMs: cue.startMs + byMs, endMs: cue.endMs + byMs }));
        const at = (alignment: Alignment, back: number) =>
          alignment.lines.map((line) => line.film && line.film.startMs - back);
        assert.deepEqual(at(align(untimed(film), later), byMs), at(align(untimed(film), film), 0));
      }),
      { numRuns: 30 },
    ));

  it('lines in order stay in order, every cue is used once, and the words are all the script’s', () =>
    fc.assert(
      fc.property(films, fc.double({ min: 0, max: 0.4, noNaN: true }), fc.nat(9_999), (film, share, seed) => {
        const random = seededRandom(seed);
        const lines = untimed(thinned(film, share, random));
        const cues = thinned(film, share, random);
        fc.pre(lines.length > 4 && cues.length > 4);
        let found: Alignment;
        try {
          found = align(lines, cues);
        } catch {
          return;
        }
        const times = found.lines.flatMap(({ film: at }) => (at ? [at.startMs] : []));
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        );
        assert.equal(new Set(found.laid.map(({ cueId }) => cueId)).size, found.laid.length);
        for (const { parts } of found.laid)
          for (const { line, text } of parts) assert.ok(lines[line]!.text.includes(text), text);
      }),
      { numRuns: 40 },
    ));
});

describe('The map of two clocks', () => {
  const pairs = (rate: number, shiftMs: number, from: number, to: number) =>
    Array.from({ length: 60 }, (_, n) => from + ((to - from) * n) / 60).map((scriptMs) => ({
      scriptMs,
      filmMs: rate * scriptMs + shiftMs,
    }));

  it('is found among as many pairs that are wrong as a third', () => {
    const random = seededRandom(2);
    const noisy = pairs(0.96, -7_000, 0, 3_600_000).map((pair) =>
      random() < 0.33
        ? { ...pair, filmMs: random() * 3_600_000 }
        : { ...pair, filmMs: pair.filmMs + 200 * (random() - 0.5) },
    );
    const map = fitTimeMap(noisy)!;
    assert.ok(Math.abs(map.rate - 0.96) < 2e-4, `${map.rate}`);
    assert.equal(map.pieces.length, 1);
  });

  it('is none for too few pairs, and for pairs without any order', () => {
    assert.equal(fitTimeMap(pairs(1, 0, 0, 1_000).slice(0, 3)), undefined);
    const random = seededRandom(4);
    const chaos = pairs(1, 0, 0, 3_600_000).map(({ scriptMs }) => ({ scriptMs, filmMs: random() * 3_600_000 }));
    assert.equal(fitTimeMap(chaos), undefined);
  });
});
