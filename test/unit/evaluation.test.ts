import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Narrative } from '../../schema/narrative.js';
import {
  type ComparableEvent,
  type ComparableScript,
  comparableOf,
  type EventField,
} from '../../src/narrative/evaluation/comparable-script.js';
import { compareScripts } from '../../src/narrative/evaluation/compare-scripts.js';
import { bucketOf, type Evaluation, evaluateScripts } from '../../src/narrative/evaluation/evaluate.js';
import { summariseSet } from '../../src/narrative/evaluation/evaluation-set.js';
import { explainComparison } from '../../src/narrative/evaluation/explain.js';
import { type Judge, type JudgedPair, judgeComparison } from '../../src/narrative/evaluation/judge.js';
import { diceShare, gramReader, gramSimilarity } from '../../src/narrative/evaluation/lexical-similarity.js';
import { normalText } from '../../src/narrative/evaluation/normal-text.js';
import { nameReplacer } from '../../src/narrative/evaluation/replace-names.js';
import { buildNarrative, narrativePlans } from '../narratives.js';

const event = (startS: number, endS: number, fields: Partial<Record<EventField, string>>): ComparableEvent => ({
  ...{ startMs: startS * 1000, endMs: endS * 1000, hasExplicitEnd: true },
  ...fields,
});
const script = (events: readonly ComparableEvent[], scenes: ComparableScript['scenes'] = []): ComparableScript => ({
  ...{ title: 'a film', durationMs: 60_000, characters: [], hasEstimatedTimes: false, events, scenes },
});

describe('the lexical measure', () => {
  const read = gramReader();
  const likeness = (one: string, other: string) => gramSimilarity(read(one)!, read(other)!) / 1_000_000;

  it('takes formatting for nothing', () => {
    for (const [one, other] of [
      ['Ｗｈｅｒｅ　ａｒｅ　ｙｏｕ？', 'where are you'],
      ['你好， 世界！', '你好世界'],
      ['STRASSE', 'Straße'],
      ['ΟΔΟΣ', 'οδος'],
      ['don’t', "DON'T"],
      ['soft\u00ADhyphen \u{1F5DD}\uFE0F', 'softhyphen \u{1F5DD}'],
    ] as const) {
      assert.equal(normalText(one), normalText(other));
      assert.equal(likeness(one, other), 1);
    }
    assert.equal(normalText(' …—「」()'), '');
  });

  it('finds likeness in any language, and none in what is unrelated', () => {
    for (const [one, like, unlike] of [
      ['Where have you been all night?', 'Where were you all night?', 'She throws the keys'],
      ['我等了你三个小时', '我等你三小时', '把门锁上'],
      ['ずっと待っていたのに', 'ずっと待ってたのに', '鍵を投げる'],
      ['세 시간이나 기다렸어', '세 시간 기다렸어', '문을 잠가'],
      ['Я ждал тебя три часа', 'Я ждала тебя три часа', 'Закрой дверь'],
      ['ฉันรอคุณสามชั่วโมง', 'ฉันรอคุณมาสามชั่วโมง', 'ล็อคประตู'],
    ] as const) {
      assert.ok(likeness(one, like) > 0.3, `${one} ${like} ${likeness(one, like)}`);
      assert.ok(likeness(one, like) < 1);
      assert.ok(likeness(one, unlike) < 0.05, `${one} ${unlike} ${likeness(one, unlike)}`);
    }
  });

  it('takes what lines share by chance for nothing', () => {
    const [one, other] = ['Where have you been all night?', 'He never had a plan.'] as const;
    const share = diceShare(read(one)!, read(other)!);
    assert.ok(share > 0 && share < 0.2, String(share));
    assert.equal(likeness(one, other), 0);
  });

  it('tells the order of words', () => {
    assert.ok(likeness('the dog bites the man', 'the man bites the dog') < 1);
    assert.ok(likeness('狗咬人', '人咬狗') < 0.9);
  });

  it('puts one sign for the names of one person, whole words only', () => {
    const replace = nameReplacer([
      { names: ['Mara', 'Mara Voss'], by: 'X' },
      { names: ['王富贵'], by: 'Y' },
    ]);
    assert.equal(replace('MARA VOSS and Marable see Mara’s 王富贵先生'), 'X and Marable see X’s Y先生');
  });
});

describe('an evaluation on paper', () => {
  const reference = script(
    [
      event(0, 4, { character: 'Mara', dialogue: 'Where have you been?' }),
      event(10, 14, { character: 'Tomas', dialogue: 'At the harbour.' }),
      event(20, 24, { character: 'Mara', action: 'throws the keys' }),
      event(40, 44, { character: 'Tomas', dialogue: 'Lock it behind me.' }),
    ],
    [
      { startMs: 0, endMs: 30_000, location: 'kitchen', type: 'INT' },
      { startMs: 30_000, endMs: 60_000, location: 'street', type: 'EXT' },
    ],
  );
  const predicted = script(
    [
      event(1, 4, { character: 'Mara', dialogue: 'Where have you been?' }),
      event(10, 14, { character: 'Mara', dialogue: 'At the harbour.' }),
      event(50, 54, { character: 'Tomas', dialogue: 'Lock it behind me.' }),
    ],
    [{ startMs: 0, endMs: 60_000, location: 'kitchen', type: 'EXT' }],
  );
  const evaluation = evaluateScripts(predicted, reference);

  it('counts what a pencil counts', () => {
    const third = 100 / 3;
    assert.deepEqual(evaluation.fields.character, { precision: 2 * third, recall: 50, f1: 400 / 7 });
    assert.deepEqual(evaluation.fields.dialogue, { precision: 100, recall: 100, f1: 100 });
    assert.deepEqual(evaluation.fields.action, { precision: 100, recall: 0, f1: 0 });
    assert.equal(evaluation.overall, (400 / 7 + 100 + 0) / 3);
    // 3 of 4 s; the same 4 s; nothing; nothing.
    assert.deepEqual(evaluation.tIoU, { '0.1': 50, '0.3': 50, '0.5': 50 });
    assert.deepEqual(evaluation.scene.fields.location, { precision: 100, recall: 50, f1: 200 / 3 });
    assert.deepEqual(evaluation.scene.fields.type, { precision: 0, recall: 0, f1: 0 });
    assert.deepEqual(evaluation.scene.tIoU, { '0.1': 50, '0.3': 50, '0.5': 50 });
    assert.deepEqual(evaluation.judge, { name: 'fabula-lexical', version: '1' });
  });

  it('matches nothing that starts more than 30 s apart', () => {
    const late = (byMs: number) => script(reference.events.slice(0, 1).map((each) => ({ ...each, startMs: byMs })));
    assert.equal(evaluateScripts(late(30_000), reference).fields.dialogue?.precision, 100);
    assert.equal(evaluateScripts(late(30_001), script(reference.events.slice(0, 1))).fields.dialogue?.precision, 0);
  });

  it('finds times whatever is said then', () => {
    const babble = script(
      reference.events.map(({ startMs, endMs }) => ({ startMs, endMs, hasExplicitEnd: true, action: 'xyzzy' })),
    );
    assert.deepEqual(evaluateScripts(babble, reference).tIoU, { '0.1': 100, '0.3': 100, '0.5': 100 });
  });

  it('says how far the scores may be off, the same each time, where there are scenes to draw', () => {
    const { confidence } = evaluation;
    assert.equal(confidence?.scenes, 2);
    assert.ok(confidence.overall[0] <= evaluation.overall && evaluation.overall <= confidence.overall[1]);
    assert.deepEqual(evaluateScripts(predicted, reference).confidence, confidence);
    assert.equal(evaluateScripts(predicted, script(reference.events)).confidence, undefined);
  });

  it('tells lengths apart, and averages over films', () => {
    assert.deepEqual(
      [5, 5.1, 10, 20, 40, 40.1].map((minutes) => bucketOf(minutes * 60_000)),
      ['0-5', '5-10', '5-10', '10-20', '20-40', '40+'],
    );
    const long = evaluateScripts(reference, { ...reference, durationMs: 45 * 60_000 });
    const set = summariseSet([evaluation, long]);
    assert.equal(set.films, 2);
    assert.equal(set.overall, (evaluation.overall + 100) / 2);
    assert.deepEqual(Object.keys(set.byLength), ['0-5', '40+']);
    assert.equal(set.byLength['40+']?.overall, 100);
  });

  it('explains itself, the worst first', () => {
    const findings = explainComparison(compareScripts(predicted, reference));
    assert.deepEqual(
      findings.map(({ finding, startMs }) => [finding, startMs]),
      [
        ['MISSED', 20_000],
        ['MATCHED', 10_000],
        ['MATCHED', 0],
        ['MATCHED', 40_000],
      ],
    );
    assert.match(findings[0]!.why, /Whatever starts within 30 s of it says something else/);
    assert.equal(findings[1]!.why, 'Same dialogue; another character. Starts at the same moment.');
    assert.equal(findings[3]!.why, 'Same character, dialogue. Starts 10.0 s too late.');
    assert.ok(findings.every(({ loss }, n) => n === 0 || loss <= findings[n - 1]!.loss));
  });
});

describe('characters', () => {
  const lines = [
    'Where have you been?',
    'At the harbour.',
    'All night long?',
    'Lock it behind me.',
    'Go then.',
    'I will.',
  ];
  const cast = (names: readonly string[]) =>
    script(lines.map((dialogue, n) => event(n * 5, n * 5 + 4, { dialogue, character: names[n % names.length]! })));
  const mapping = (predicted: ComparableScript, reference: ComparableScript) =>
    evaluateScripts(predicted, reference).characters.map((each) => [each.predicted, each.reference, each.by]);

  it('are the same by name, by alias, and by what they say', () => {
    assert.deepEqual(mapping(cast(['MARA', 'tomas']), cast(['Mara', 'Tomas'])), [
      ['MARA', 'Mara', 'NAME'],
      ['tomas', 'Tomas', 'NAME'],
    ]);
    const aliased = {
      ...cast(['Mara Voss', 'Tomas']),
      characters: [{ key: 'Mara Voss', names: ['Mara Voss', 'Mara'] }],
    };
    assert.deepEqual(mapping(aliased, cast(['Mara', 'Tomas']))[1], ['Mara Voss', 'Mara', 'ALIAS']);
    assert.deepEqual(mapping(cast(['Man 1', 'Man 2']), cast(['Mara', 'Tomas'])), [
      ['Man 1', 'Mara', 'LINES'],
      ['Man 2', 'Tomas', 'LINES'],
    ]);
  });

  const sorted = (conflicts: Evaluation['conflicts']) =>
    conflicts.map((each) => ({ ...each, predicted: each.predicted.toSorted(), reference: each.reference.toSorted() }));

  it('are in conflict where one does the work of several, and several that of one', () => {
    // Who of the two it is mapped to is a tie.
    const { conflicts } = evaluateScripts(cast(['Somebody']), cast(['Mara', 'Tomas']));
    assert.deepEqual(sorted(conflicts), [
      { conflict: 'ONE_FOR_SEVERAL', predicted: ['Somebody'], reference: ['Mara', 'Tomas'], events: 3 },
    ]);
    const { conflicts: turned } = evaluateScripts(cast(['Mara', 'Tomas']), cast(['Somebody']));
    assert.deepEqual(sorted(turned), [
      { conflict: 'SEVERAL_FOR_ONE', predicted: ['Mara', 'Tomas'], reference: ['Somebody'], events: 3 },
    ]);
  });

  it('are told apart by what they do where names in texts mislead', () => {
    const act = (...names: [string, string]) =>
      script(names.map((name, n) => event(n, n + 1, { character: name, action: `${name} leaves the room` })));
    const { overall, characters } = evaluateScripts(act('Tomaso', 'Maria'), act('Mara', 'Tomas'));
    assert.equal(overall, 100);
    assert.deepEqual(
      characters.map(({ predicted, reference }) => [predicted, reference]),
      [
        ['Tomaso', 'Mara'],
        ['Maria', 'Tomas'],
      ],
    );
  });

  it('are not made one by acting at the same time alone', () => {
    const other = script(lines.map((_, n) => event(n * 5, n * 5 + 4, { action: 'xyzzy', character: 'Zed' })));
    assert.deepEqual(mapping(other, cast(['Mara'])), [
      ['Zed', undefined, undefined],
      [undefined, 'Mara', undefined],
    ]);
  });
});

describe('the comparable form of an episode', () => {
  it('of any narrative scores 100 against itself', () => {
    fc.assert(
      fc.property(narrativePlans, (plan) => {
        const narrative = buildNarrative(plan);
        for (const source of ['FILM', 'SCRIPT'] as const) {
          const told = comparableOf({ ...narrative, episode: { ...narrative.episode, source } });
          const { overall, scene, tIoU } = evaluateScripts(told, told);
          assert.deepEqual([overall, scene.overall, ...Object.values(tIoU)], [100, 100, 100, 100, 100]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('tells what the script says from what a reader worked out', () => {
    const [plan] = fc.sample(narrativePlans, { numRuns: 1, seed: 2 });
    const { episode, scenes, persons, ...lists } = buildNarrative(plan!);
    const provenance = { by: 'omniscript', version: '1', confidence: 1, evidence: [], otherReadings: [] };
    const person = { ...persons[0]!, name: 'Mara', aliases: ['M.'], provisional: false };
    const told = {
      id: 'e',
      kind: 'Event',
      episodeId: episode.id,
      ordinal: 1,
      type: 'LINE',
      startMs: 0,
      endMs: 9,
      sceneId: '',
      shotIds: [],
      targetIds: [],
    } as const;
    const narrative = {
      ...lists,
      ...{ scenes, persons: [person] },
      episode: { ...episode, source: 'SCRIPT' },
      events: [
        { ...told, personId: person.id, dialogue: 'Hello.', provenance },
        {
          ...told,
          ...{ id: 'f', personId: person.id, action: 'leaves' },
          provenance: {
            ...provenance,
            fields: ['personId', 'endMs'].map((field) => ({ field, by: 'import', confidence: 0.5 })),
          },
        },
      ],
    } as unknown as Narrative;
    const { events, characters } = comparableOf(narrative);
    assert.deepEqual(characters, [{ key: 'Mara', names: ['Mara', 'M.'] }]);
    assert.deepEqual(events, [
      { id: 'e', startMs: 0, endMs: 9, hasExplicitEnd: true, character: 'Mara', dialogue: 'Hello.' },
      { id: 'f', startMs: 0, endMs: 9, hasExplicitEnd: false, action: 'leaves' },
    ]);
  });
});

describe('a judge', () => {
  it('is asked about matched texts that differ, with the reference’s names, and its agreement is told', async () => {
    const reference = script([
      event(0, 4, { character: 'Mara', dialogue: 'Tomas, where have you been?', action: 'blocks the door' }),
      event(5, 9, { character: 'Tomas', dialogue: 'At the harbour.' }),
    ]);
    const predicted = script([
      event(0, 4, { character: 'Woman', dialogue: 'Man, where have you been now?', action: 'blocks the door' }),
      event(5, 9, { character: 'Man', dialogue: 'At the harbor, Woman.' }),
    ]);
    const asked: JudgedPair[] = [];
    const judge: Judge = {
      ...{ name: 'all alike', version: '7' },
      async judge(pairs) {
        asked.push(...pairs);
        return pairs.map(() => 1);
      },
    };
    const { comparison, agreement } = await judgeComparison(
      compareScripts(predicted, reference),
      judge,
      new AbortController().signal,
    );
    assert.deepEqual(asked, [
      { field: 'dialogue', predicted: 'Tomas, where have you been now?', reference: 'Tomas, where have you been?' },
      { field: 'dialogue', predicted: 'At the harbor, Mara.', reference: 'At the harbour.' },
    ]);
    assert.equal(comparison.events[0]!.similarity[1], 1_000_000);
    assert.equal(agreement.pairs, 2);
    assert.deepEqual(agreement.with, { name: 'fabula-lexical', version: '1' });
    assert.ok(agreement.meanDifference > 0 && agreement.meanDifference < 1);
    assert.ok(agreement.alpha! < 0.1);
  });
});
