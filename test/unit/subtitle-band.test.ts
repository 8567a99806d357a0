import { deepEqual, equal, match } from 'node:assert/strict';
import { Attention } from '../../workers/detectors/text/attention.js';
import { mergeLines } from '../../workers/detectors/text/line-merge.js';
import { joinRowPieces } from '../../workers/detectors/text/row-pieces.js';
import { partSubtitles } from '../../workers/detectors/text/subtitle-band.js';
import { groupBlocks } from '../../workers/detectors/text/text-blocks.js';
import type { TextLine } from '../../workers/detectors/text/text-line.js';

const wide = { width: 854, height: 480 };
const upright = { width: 480, height: 854 };

/** A line centred on the wide frame's bottom unless said otherwise; 20 px high. */
function line(
  text: string,
  startMs: number,
  endMs: number,
  place: Partial<{ centre: number; y: number; height: number; width: number }> = {},
): TextLine {
  const { centre = 427, y = 430, height = 20, width = 300 } = place;
  return {
    startMs,
    endMs,
    text,
    confidence: 0.98,
    otherReadings: [],
    box: { x: centre - width / 2, y, width, height },
  };
}

const dialogue = (place: Parameters<typeof line>[3] = {}) => [
  line('Where were you?', 1000, 2500, place),
  line('At the harbour.', 2600, 4000, place),
  line('All night?', 5000, 6000, place),
  line('All night.', 6500, 7500, place),
];

const part = (lines: readonly TextLine[], frame: Parameters<typeof partSubtitles>[1] = wide) =>
  partSubtitles(groupBlocks(mergeLines(lines)), frame);
const texts = (blocks: readonly { lines: readonly TextLine[] }[]) =>
  blocks.map(({ lines }) => lines.map(({ text }) => text).join('|'));

describe('the subtitle band', () => {
  it('is found at the bottom, at the top, and in the lower half of an upright picture', () => {
    for (const [frame, place] of [
      [wide, {}],
      [wide, { y: 30 }],
      [upright, { centre: 240, y: 560 }],
    ] as const)
      equal(part(dialogue(place), frame).subtitles.length, 4);
  });

  it('is not in the middle of a wide picture', () => {
    const { subtitles, others } = part(dialogue({ y: 230 }));
    equal(subtitles.length, 0);
    match(others[0]?.why ?? '', /where subtitles do/);
  });

  it('takes in no title in the middle, though a page of text begins on the row of another at the top', () => {
    const page = ['THE HARBOUR GROUP', 'presents', 'a film'].map((text, index) =>
      line(text, 9000, 12_000, { y: 90 + 60 * index }),
    );
    const titles = [line('THE HARBOUR GROUP', 1000, 2500, { y: 210 }), line('THE HARBOUR', 3000, 5000, { y: 210 })];
    deepEqual(texts(part([...titles, ...page]).subtitles), []);
  });

  it('holds a single line where subtitles nearly always stand', () => {
    equal(part([line('Run!', 1000, 1900, { width: 70 })]).subtitles.length, 1);
    equal(part([line('Run!', 1000, 1900, { width: 70, centre: 200 })]).subtitles.length, 0);
  });

  it('takes a single line that comes and goes with its shot for a sign', () => {
    const { others } = part([line('BAKERY', 1000, 4000)], { ...wide, cutsMs: [0, 1000, 4040] });
    match(others[0]?.why ?? '', /shot/);
  });

  it('keeps logos, credits, titles, glosses and pages of text out, and says why', () => {
    const others = [
      line('CHANNEL 9', 0, 60_000, { y: 20, centre: 780, width: 100 }),
      line('Directed by Anna Lindqvist', 8000, 11_000),
      line('THE LONG WINTER', 12_000, 15_000, { height: 70, y: 220 }),
      line('harbour: where ships lie', 2700, 6000, { centre: 150, y: 300, height: 12 }),
      ...['one', 'two', 'three', 'four'].map((text, index) =>
        line(`page ${text}`, 20_000, 25_000, { y: 150 + 30 * index }),
      ),
    ];
    const parted = part([...dialogue(), ...others]);
    deepEqual(texts(parted.subtitles), ['Where were you?', 'At the harbour.', 'All night?', 'All night.']);
    deepEqual(
      parted.others.map(({ why }) => why),
      [
        'It stands for 60 s, as logos and watermarks do.',
        'It does not stand where subtitles do.',
        'It names a film credit.',
        "Its letters are as tall as a title's.",
        '4 lines stand together, as credits and notes do.',
      ].map((why, index) => (index === 1 ? parted.others[1]!.why : why)),
    );
    match(parted.others[1]!.why, /size|row/);
  });

  it('knows the pieces of a logo, and leaves a subtitle on it alone', () => {
    const logo = line('Copyright 2013 Brandon Castellano', 0, 30_000, { width: 500 });
    const { others, subtitles } = part([...dialogue(), logo, line('2013 Brandon Castelano', 8000, 15_000)]);
    match(others[1]?.why ?? '', /piece/);
    equal(subtitles.length, 4);
  });

  it('puts two lines of one cue together, top to bottom, and lets a line that stays apart', () => {
    const lines = [
      ...dialogue(),
      line('I waited', 9000, 11_000),
      line('until the tide came in.', 9000, 11_000, { y: 456 }),
    ];
    deepEqual(texts(part(lines).subtitles).at(-1), 'I waited|until the tide came in.');
    equal(groupBlocks([line('stays', 0, 5000), line('comes', 2000, 5000, { y: 456 })]).length, 2);
  });

  it('counts a line once that was found again while it stood, unless it stands on a logo', () => {
    const again = line('is she?', 1500, 2600, { centre: 470, width: 120 });
    deepEqual(
      mergeLines([line('- Who is she?', 1000, 3000), again]).map(({ text }) => text),
      ['- Who is she?'],
    );
    equal(mergeLines([line('CHANNEL 9 CHANNEL 9', 0, 30_000), again]).length, 2);
  });

  it('is one where two parts of it were found side by side, with what both read once', () => {
    const [left, right] = [
      { centre: 345, width: 53 },
      { centre: 450, width: 193 },
    ];
    const whole = (a: string, b: string) =>
      joinRowPieces([line(b, 1020, 2500, right), line(a, 1000, 2500, left)]).map(({ text }) => text);
    deepEqual(whole('"Last ni', 'st night was my fault.'), ['"Last night was my fault.']);
    deepEqual(whole('Thanks Tom', '- This law'), ['Thanks Tom - This law']);
    deepEqual(whole('你怎么', '现在才来'), ['你怎么现在才来']);
    equal(joinRowPieces([line('LIVE', 1000, 9000, left), line('Where?', 1000, 2500, right)]).length, 2);
    equal(
      joinRowPieces([line('LIVE', 1000, 2500, { centre: 100, width: 60 }), line('Yes.', 1000, 2500, right)]).length,
      2,
    );
  });

  it('drops what is meant to stand where a better read line comes and goes', () => {
    const doubtful = { ...line('aillroac wey', 1000, 6000, { width: 100 }), confidence: 0.7 };
    const better = line('The railroad needed a station.', 3000, 5000);
    deepEqual(mergeLines([doubtful, better]), [better]);
    equal(mergeLines([{ ...doubtful, endMs: 4000 }, better]).length, 2);
    equal(mergeLines([{ ...doubtful, confidence: 1 }, better]).length, 2);
    equal(mergeLines([{ ...doubtful, box: { ...doubtful.box, y: 300 } }, better]).length, 2);
  });

  it('joins the pieces of a line that a flash broke, and not the same words said again', () => {
    const pieces = mergeLines([line('Hold the rope', 1000, 1800), line('Hold the rape', 1900, 3000)]);
    deepEqual(
      pieces.map(({ startMs, endMs }) => [startMs, endMs]),
      [[1000, 3000]],
    );
    equal(pieces[0]?.otherReadings.length, 1);
    equal(mergeLines([line('Go!', 1000, 1800), line('Go!', 2200, 3000)]).length, 2);
    equal(mergeLines([line('Go!', 1000, 1800), line('Now we wait.', 1800, 3000)]).length, 2);
  });
});

describe('attention', () => {
  const bottom = { top: 420, bottom: 450 };
  const middle = { top: 200, bottom: 230 };

  it('looks at the bottom often, elsewhere seldom, and less the less there is', () => {
    const looks = (stripe: typeof bottom) => {
      const attention = new Attention(854, 480);
      let count = 0;
      for (let atMs = 0; atMs < 10_000; atMs += 140)
        if (attention.isDue(stripe, atMs)) {
          count++;
          attention.looked(stripe, atMs, false);
        }
      return count;
    };
    equal(looks(bottom), 19);
    equal(looks(middle), 6);
  });

  it('looks as often where subtitles were found', () => {
    const attention = new Attention(854, 480);
    attention.looked(middle, 0, false);
    equal(attention.isDue(middle, 500), false);
    attention.expect(middle);
    equal(attention.isDue(middle, 500), true);
  });

  it('takes what it looked at three times in vain for background', () => {
    const attention = new Attention(854, 480);
    deepEqual(
      [0, 1, 2].map((index) => attention.looked(bottom, index * 1000, false)),
      [false, false, true],
    );
  });
});
