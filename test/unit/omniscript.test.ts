import assert from 'node:assert/strict';
import type { Narrative } from '../../schema/narrative.js';
import { formatOf } from '../../src/formats/formats.js';
import { readTimestamp, writeTimestamp } from '../../src/formats/omniscript/timestamp.js';
import { omniScript } from '../../src/formats/omniscript.js';
import { comparableOf } from '../../src/narrative/evaluation/comparable-script.js';

const document = {
  meta: { title: 'The Villa', duration: '00:05:00', characters: ['Anna', 'MAX'] },
  script: [
    {
      ...{
        scene_id: 1,
        location: 'Living Room',
        type: 'Interior',
        environment: 'A villa.',
        time: 'Night',
        mood: 'Tense',
      },
      events: [
        {
          ...{ timestamp: '00:05', character: 'Anna', action: 'Walks in', expression: 'Alert', camera: 'handheld' },
          ...{
            dialogue: 'Is anyone here?',
            audio_cue: 'A door creaks.',
            subtext: 'She is afraid.',
            voice_type: 'Voice-over',
          },
        },
        { timestamp: '00:09', character: 'MAX', dialogue: 'Only me.' },
        { timestamp: '00:09', character: '', action: 'The lamp goes out.' },
      ],
    },
    {
      scene_id: 2,
      location: 'Garden',
      type: 'Exterior',
      events: [{ timestamp: '01:20', character: 'Max', action: 'Runs' }],
    },
  ],
  high_points: [
    {
      type: 'Reversal',
      time_range: ['01:20', '01:35'],
      description: 'He runs.',
      reasoning: { visual: 'Dark' },
      score: 9,
    },
  ],
};
const textOf = (value: unknown) => JSON.stringify(value, null, 2);
const read = (value: unknown) =>
  omniScript.read!(typeof value === 'string' ? value : textOf(value), { episodeId: 'ep', fallbackTitle: 'file' });
const written = (narrative: Narrative) => JSON.parse(omniScript.write!(narrative).text);

describe('OmniScript JSON', () => {
  it('is read as scenes, timed events, people and highlights, without a complaint', () => {
    const { narrative, report } = read(document);
    assert.deepEqual(report, []);
    const { episode, scenes, events, persons, highlights } = narrative;
    assert.deepEqual([episode.title, episode.durationMs, episode.source], ['The Villa', 300_000, 'SCRIPT']);
    assert.deepEqual(
      scenes.map(({ setting, location, timeOfDay, startMs, endMs }) => [setting, location, timeOfDay, startMs, endMs]),
      [
        ['INT', 'Living Room', 'Night', 5_000, 80_000],
        ['EXT', 'Garden', undefined, 80_000, 300_000],
      ],
    );
    assert.deepEqual(
      persons.map(({ name, lineCount }) => [name, lineCount]),
      [
        ['Anna', 1],
        ['Max', 1],
      ],
    );
    const [line] = events;
    assert.equal(line!.voiceType, 'voice-over');
    assert.equal(line!.subtext, 'She is afraid.');
    assert.equal(events[3]!.personId, persons[1]!.id);
    assert.deepEqual(
      [highlights[0]!.startMs, highlights[0]!.endMs, highlights[0]!.reasoning.visual],
      [80_000, 95_000, 'Dark'],
    );
  });

  it('has events last until the next one begins, and says that their ends are worked out', () => {
    const { narrative } = read(document);
    assert.deepEqual(
      narrative.events.map(({ startMs, endMs }) => [startMs, endMs]),
      [
        [5_000, 9_000],
        [9_000, 80_000],
        [9_000, 80_000],
        [80_000, 300_000],
      ],
    );
    for (const { provenance } of narrative.events)
      assert.deepEqual(
        provenance.fields!.filter(({ field }) => field.endsWith('Ms')).map(({ field, by }) => `${field} by ${by}`),
        ['endMs by next-start'],
      );
    assert.ok(comparableOf(narrative).events.every(({ hasExplicitEnd }) => !hasExplicitEnd));
  });

  it('changes only what people corrected', () => {
    const { narrative } = read(document);
    const persons = narrative.persons.map((person) => (person.name === 'Max' ? { ...person, name: 'Maxim' } : person));
    const events = narrative.events.map((event, n) => (n === 0 ? { ...event, dialogue: 'Who is here?' } : event));
    const expected = structuredClone(document) as typeof document;
    expected.script[0]!.events[0] = { ...document.script[0]!.events[0]!, dialogue: 'Who is here?' } as never;
    expected.meta.characters[1] = 'Maxim';
    expected.script[0]!.events[1]!.character = 'Maxim';
    expected.script[1]!.events[0]!.character = 'Maxim';
    assert.equal(textOf(written({ ...narrative, persons, events })), textOf(expected));
    assert.deepEqual(written({ ...narrative, events: narrative.events.slice(1) }).script[0].events.length, 2);
  });

  it('is read with values of wrong types where their meaning is certain, and says of each which', () => {
    const odd = structuredClone(document) as unknown as Record<string, never>;
    Object.assign(odd, {
      meta: { duration: 300, characters: 'Anna' },
      script: { scene_id: '1', events: [{ timestamp: 5, dialogue: 42, action: ['Looks', 'up'], mood: null }, 'cut'] },
      high_points: [{ type: 'A', time_range: '00:01-00:02', score: '7.5' }, { type: 'B' }],
    });
    const { narrative, report } = read(odd);
    assert.deepEqual(
      report.map(({ what, path }) => `${what} ${path}`),
      [
        'CHANGED $.meta.characters',
        'CHANGED $.script',
        'CHANGED $.script.events[0].dialogue',
        'CHANGED $.script.events[0].action',
        'CHANGED $.script.events[1]',
        'CHANGED $.high_points[0].score',
        'CHANGED $.high_points[1]',
      ],
    );
    assert.deepEqual([narrative.events[0]!.dialogue, narrative.events[0]!.action], ['42', 'Looks; up']);
    assert.deepEqual(
      narrative.highlights.map(({ score }) => score),
      [7.5],
    );
    assert.equal(textOf(written(narrative)), textOf(odd));
  });

  it('is read however its keys are spelled', () => {
    const odd = {
      Script: [
        { sceneId: 1, Events: [{ Timestamp: '00:05', audioCue: 'A bell', 'Voice Type': 'V.O.', DIALOGUE: 'Hm.' }] },
      ],
    };
    const { narrative, report } = read(odd);
    const [event] = narrative.events;
    assert.deepEqual(
      [event!.startMs, event!.audioCue, event!.voiceType, event!.dialogue],
      [5_000, 'A bell', 'voice-over', 'Hm.'],
    );
    assert.deepEqual(report, []);
    const edited = { ...narrative, events: [{ ...event!, audioCue: 'Two bells' }] };
    assert.deepEqual(written(edited).Script[0].Events[0].audioCue, 'Two bells');
  });

  it('has what it lists of a character, and tells of oddities where they stand', () => {
    const anna = { Name: 'Anna', Aliases: ['Annie'], Gender: 'female', Age: 30, description: 'none' };
    const { narrative, report } = read({ ...document, meta: { characters: [anna, 'MAX'] } });
    const { aliases, gender, ageRange, description } = narrative.persons[0]!;
    assert.deepEqual([aliases, gender, ageRange, description], [['Annie'], 'female', '30', undefined]);
    assert.deepEqual(
      report.map(({ what, path, line }) => [what, path, line]),
      [['CHANGED', '$.meta.characters[0].Age', 10]],
    );
  });

  it('takes a model’s “none” for nothing, but where somebody says it', () => {
    const said = { timestamp: '00:05', character: 'Anna', action: 'none', expression: 'N/A', dialogue: 'None' };
    const { narrative } = read({ script: [{ location: '无', events: [said, { ...said, character: 'none' }] }] });
    const [event, other] = narrative.events;
    assert.deepEqual(
      [event!.action, event!.expression, event!.dialogue, other!.personId, narrative.scenes[0]!.location],
      [undefined, undefined, 'None', undefined, undefined],
    );
  });

  it('has an event of several as one of each, and in one piece again', () => {
    const events = [
      { timestamp: '00:01', character: 'Anna and Max', dialogue: 'Run!' },
      { timestamp: '00:02', character: ['Anna', 'Max'], action: 'Run' },
      { timestamp: '00:03', character: 'Anna', dialogue: 'Here.' },
      { timestamp: '00:04', character: 'Max', dialogue: 'Where?' },
    ];
    const { narrative } = read({ script: [{ events }] });
    const nameOf = (id: string | undefined) => narrative.persons.find((person) => person.id === id)?.name;
    assert.deepEqual(
      narrative.events.map(({ personId }) => nameOf(personId)),
      ['Anna', 'Max', 'Anna', 'Max', 'Anna', 'Max'],
    );
    assert.deepEqual(written(narrative), { script: [{ events }] });
    const edited = narrative.events.map((event, n) => (n === 1 ? { ...event, dialogue: 'Hide!' } : event));
    assert.deepEqual(written({ ...narrative, events: edited }).script[0].events.slice(0, 2), [
      { timestamp: '00:01', character: 'Anna', dialogue: 'Run!' },
      { timestamp: '00:01', character: 'Max', dialogue: 'Hide!' },
    ]);
  });

  it('is read where times are missing, with estimates between those that are there', () => {
    const events = [
      { timestamp: '00:10', dialogue: 'One.' },
      { dialogue: 'Two.' },
      { timestamp: '00:14', dialogue: 'Three.' },
    ];
    const { narrative, report } = read({ script: [{ events }] });
    const [, second] = narrative.events;
    assert.ok(second!.startMs > 10_000 && second!.startMs < 14_000);
    assert.ok(report.some(({ what }) => what === 'ESTIMATED'));
    assert.equal(narrative.episode.title, 'file');
    assert.deepEqual(written(narrative), { script: [{ events }] });
  });

  it('tells that several events begin in one second where its text does not tell them apart', () => {
    const events = ['5.25', '5.75', '00:07'].map((timestamp) => ({ timestamp, character: 'Anna', action: 'Looks up' }));
    const { narrative } = read({ script: [{ events }] });
    const bare = <Node extends object>(nodes: readonly Node[]) =>
      nodes.map((node) => ({ ...node, foreign: undefined }));
    const elsewhere = {
      ...narrative,
      ...{ episode: bare([narrative.episode])[0]!, scenes: bare(narrative.scenes), events: bare(narrative.events) },
    };
    const told = (some: Narrative) =>
      omniScript.write!(some).dropped.find(({ what }) => what === 'events.order')?.count;
    assert.deepEqual([told(narrative), told(elsewhere as Narrative)], [undefined, 2]);
  });

  it('is a plain document where it was written from anything else, and says what it leaves out', () => {
    const { narrative } = read(document);
    const bare = JSON.parse(
      JSON.stringify(narrative, (key, value) => (key === 'foreign' ? undefined : value)),
    ) as Narrative;
    const [first] = bare.events;
    const events = [
      { ...first!, startMs: 5_400, endMs: 6_000, provenance: { ...first!.provenance, fields: [] } },
      ...bare.events.slice(1),
    ];
    const { text, dropped } = omniScript.write!({ ...bare, events });
    const { meta, script, high_points } = JSON.parse(text);
    assert.deepEqual(meta, { title: 'The Villa', duration: '05:00', characters: ['Anna', 'Max'] });
    assert.deepEqual(Object.keys(script[0]), ['scene_id', 'location', 'type', 'environment', 'time', 'mood', 'events']);
    assert.deepEqual(script[0].events[0].timestamp, '00:05');
    assert.deepEqual(high_points[0].time_range, ['01:20', '01:35']);
    const reasons = Object.fromEntries(dropped.map(({ what, reason }) => [what, reason]));
    assert.match(reasons['events.startMs']!, /whole seconds/);
    assert.match(reasons['events.endMs']!, /until the next one begins/);
  });

  it('is read where its JSON is broken, wrapped in talk or cut off, and says what was mended', () => {
    const whole = textOf(document);
    const thoughts = `<thinking>Anna is afraid of {him}.</thinking>\n\`\`\`json\n${whole}\n\`\`\`\n`;
    for (const broken of [
      thoughts,
      whole.replaceAll('"mood": "Tense",', '"mood": \'Tense\',, // tense'),
      whole.slice(0, -9),
    ]) {
      const { narrative, report } = read(broken);
      assert.ok(report.length > 0);
      assert.equal(narrative.events.length, 4);
      assert.deepEqual(written(narrative), document);
    }
    const [item] = read(whole.replace('"score": 9', '"score": "9"')).report;
    assert.deepEqual(
      [item!.path, item!.line],
      ['$.high_points[0].score', whole.split('\n').findIndex((line) => line.includes('"score"')) + 1],
    );
  });

  it('is refused with a place in the text where it is no JSON, and where it holds no scene', () => {
    assert.throws(() => read('{"script": [\n{"events" "a": }} ] ] : [[}}'), {
      code: 'SCRIPT_UNREADABLE',
      message: /Line 2, column \d+/,
    });
    for (const empty of [{ script: [] }, {}, [], { script: 'none' }])
      assert.throws(() => read(empty), { code: 'SCRIPT_UNREADABLE' });
  });

  it('is told by its keys, also where it is broken, and no other JSON is taken for it', () => {
    for (const text of [textOf(document), JSON.stringify(document.script), `\`\`\`json\n${textOf(document)}`])
      assert.equal(formatOf(text).name, 'omniscript');
    for (const text of [
      '{"narrativeVersion": 1, "script": 1, "events": []}',
      '{"hello": "world"}',
      'INT. A - DAY\n\nscript: events:',
    ])
      assert.notEqual(omniScript.recognise(text) > 0.5, true, text);
  });
});

describe('A timestamp', () => {
  it('is minutes and seconds, hours if need be, or seconds', () => {
    for (const [value, startMs] of [
      ['01:20', 80_000],
      ['1:01:20', 3_680_000],
      ['75:00', 4_500_000],
      ['00:00:05,250', 5_250],
      [5.25, 5_250],
      ['[00:07]', 7_000],
      ['12s', 12_000],
    ] as const)
      assert.deepEqual(readTimestamp(value), { startMs }, String(value));
    assert.deepEqual(readTimestamp('00:05 - 00:09'), { startMs: 5_000, endMs: 9_000 });
    for (const value of ['', 'soon', '-1', -1, Number.NaN, '1:2:3:4', '99999999:00', '00:05am'])
      assert.equal(readTimestamp(value), undefined, String(value));
  });

  it('is written as the second in which it lies', () => {
    assert.equal(writeTimestamp(79_999, false), '01:19');
    assert.equal(writeTimestamp(3_600_000, true), '01:00:00');
  });
});
