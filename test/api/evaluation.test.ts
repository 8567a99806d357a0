import assert from 'node:assert/strict';
import type { Role } from '../../resolvers/access.js';
import { openGraphql } from '../../src/app/graphql.js';
import { readComparable } from '../../src/formats/comparable.js';
import { writeJson } from '../../src/formats/json.js';
import { omniScript } from '../../src/formats/omniscript.js';
import { comparableOf } from '../../src/narrative/evaluation/comparable-script.js';
import { evaluateScripts } from '../../src/narrative/evaluation/evaluate.js';
import type { Judge } from '../../src/narrative/evaluation/judge.js';
import { onEachStore, openTestApi, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';

const query = `query ($predicted: JSON!, $reference: JSON!, $misses: Int! = 20, $judge: ScriptJudge! = LEXICAL) {
  evaluateScript(predicted: $predicted, reference: $reference, misses: $misses, judge: $judge) {
    overall
    confidence
    fields { character { precision recall f1 } dialogue { f1 } action { f1 } }
    tIoU { threshold share }
    scene { overall fields { location { f1 } type { f1 } mood { f1 } } tIoU { threshold share } }
    judge { name version }
    agreement { with { name } pairs alpha meanDifference }
    events { predicted reference matched }
    characters { predicted reference by }
    conflicts { conflict predicted reference events }
    lengthBucket
    stretches { startMs endMs events overall }
    notes
    misses { finding startMs loss offMs tIoU why fields { field predicted reference similarity } }
  }
}`;

describe('evaluateScript', () => {
  let api: TestApi;
  before(async () => {
    api = await openTestApi(harbour());
  });
  after(() => api.close());

  it('compares an episode with a script in a format, as text or as an object', async () => {
    const film = harbour('other');
    const wrong = film.events.map((event) =>
      event.dialogue ? { ...event, dialogue: 'The ship sinks at noon.' } : event,
    );
    const text = writeJson({ ...film, events: wrong });
    for (const predicted of [text, JSON.parse(text)]) {
      const { evaluateScript: found } = await api.data(query, { predicted, reference: 'harbour' });
      assert.equal(found.fields.character.f1, 100);
      assert.ok(found.fields.dialogue.f1 > 10 && found.fields.dialogue.f1 < 60);
      assert.equal(found.fields.action, null);
      assert.equal(found.scene.overall, 100);
      assert.deepEqual(found.scene.fields, { location: { f1: 100 }, type: { f1: 100 }, mood: null });
      assert.deepEqual(found.judge, { name: 'fabula-lexical', version: '1' });
      assert.deepEqual(found.events, { predicted: 1, reference: 1, matched: 1 });
      assert.deepEqual(found.characters[0], { predicted: 'Mara', reference: 'Mara', by: 'NAME' });
      assert.equal(found.lengthBucket, '0-5');
      assert.deepEqual(found.tIoU[0], { threshold: 0.1, share: 100 });
      const [miss] = found.misses;
      assert.equal(miss.finding, 'MATCHED');
      assert.equal(miss.fields[1].predicted, 'The ship sinks at noon.');
      assert.equal(miss.fields[1].reference, 'The ship leaves at dawn.');
    }
    const same = await api.data(query, { predicted: 'harbour', reference: 'harbour', misses: 0 });
    assert.equal(same.evaluateScript.overall, 100);
    assert.deepEqual(same.evaluateScript.misses, []);
  });

  it('lets a language model be asked by editors only, since that may cost money', async () => {
    const judge: Judge = { name: 'llm:dear', version: '2', judge: async () => assert.fail('it was asked') };
    const graphql = await openGraphql({ ...api.services, modelJudge: judge }, api.log);
    const variables = { predicted: 'harbour', reference: 'harbour', judge: 'LANGUAGE_MODEL' };
    const codeFor = async (role: Role) => {
      const { errors } = await graphql.execute({ query, variables }, { subject: 'somebody', role });
      return errors?.[0]?.extensions?.code;
    };
    assert.equal(await codeFor('viewer'), 'FORBIDDEN');
    assert.equal(await codeFor('editor'), undefined);
    await graphql.close();
  });

  it('says what it cannot read', async () => {
    const code = (predicted: unknown, misses = 20) => api.code(query, { predicted, reference: 'harbour', misses });
    assert.equal(await code('nobody'), 'NOT_FOUND');
    assert.equal(await code('this is no script at all'), 'FORMAT_UNKNOWN');
    assert.equal(await code({ hello: 'world' }), 'FORMAT_UNKNOWN');
    assert.equal(await code(7), 'INVALID_INPUT');
    assert.equal(await code('harbour', 101), 'INVALID_INPUT');
  });
});

const villa = (line: string, mood: string) => ({
  meta: { title: 'The Villa', duration: '01:00', characters: ['Anna', 'Max'] },
  script: [
    {
      ...{ scene_id: 1, location: 'Living Room', type: 'Interior', time: 'Night', mood },
      events: [
        { timestamp: '00:05', character: 'Anna', dialogue: line, audio_cue: 'A door creaks' },
        { timestamp: '00:09', character: 'Max', action: 'Comes out of the dark', expression: 'Calm' },
      ],
    },
    {
      scene_id: 2,
      location: 'Garden',
      type: 'Exterior',
      events: [{ timestamp: '00:30', character: 'Max', action: 'Runs' }],
    },
  ],
});

onEachStore('evaluateScript on OmniScript', (openApi) => {
  const truth = omniScript.read!(JSON.stringify(villa('Is anyone here?', 'Tense')), { episodeId: 'villa' }).narrative;
  const predicted = villa('Is somebody there?', 'Uneasy');
  let api: TestApi;
  beforeEach(async () => {
    api = await openApi(truth);
  });
  afterEach(() => api.close());

  it('scores a document by an episode as the function does, and an episode by its own document as right', async () => {
    const { evaluateScript: found } = await api.data(query, { predicted, reference: 'villa' });
    const { script } = readComparable(JSON.stringify(predicted));
    const { overall, fields } = evaluateScripts(script, comparableOf(truth));
    assert.equal(found.overall, overall);
    assert.equal(found.fields.dialogue.f1, fields.dialogue!.f1);
    assert.deepEqual(found.events, { predicted: 3, reference: 3, matched: 3 });
    assert.equal(found.agreement, null);
    const same = await api.data(query, {
      predicted: 'villa',
      reference: JSON.stringify(villa('Is anyone here?', 'Tense')),
    });
    assert.equal(same.evaluateScript.overall, 100);
    assert.equal(same.evaluateScript.scene.overall, 100);
  });

  it('asks the language model about texts of events and scenes, and says how far the judges agree', async () => {
    const asked: string[] = [];
    const modelJudge: Judge = {
      ...{ name: 'llm:kind', version: '2' },
      judge: async (pairs) => {
        asked.push(...pairs.map(({ field, predicted: claim }) => `${field}: ${claim}`));
        return pairs.map(() => 0.9);
      },
    };
    const judged = { predicted, reference: 'villa', judge: 'LANGUAGE_MODEL' };
    assert.equal(await api.code(query, judged), 'BAD_CONFIG');
    Object.assign(api.services, { modelJudge });
    const { evaluateScript: found } = await api.data(query, judged);
    assert.deepEqual(asked, ['dialogue: Is somebody there?', 'mood: Uneasy']);
    assert.equal(found.fields.dialogue.f1, 90);
    assert.equal(found.scene.fields.mood.f1, 90);
    assert.deepEqual(found.judge, { name: 'llm:kind', version: '2' });
    assert.equal(found.agreement.pairs, 2);
    assert.equal(found.agreement.with.name, 'fabula-lexical');
    assert.ok(found.agreement.meanDifference > 0);
  });
});
