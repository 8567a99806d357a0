import assert from 'node:assert/strict';
import { writeJson } from '../../src/formats/json.js';
import { openTestApi, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';

const query = `query ($predicted: JSON!, $reference: JSON!, $misses: Int! = 20) {
  evaluateScript(predicted: $predicted, reference: $reference, misses: $misses) {
    overall
    confidence
    fields { character { precision recall f1 } dialogue { f1 } action { f1 } }
    tIoU { threshold share }
    scene { overall fields { location { f1 } type { f1 } mood { f1 } } tIoU { threshold share } }
    judge { name version }
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

  it('says what it cannot read', async () => {
    const code = (predicted: unknown, misses = 20) => api.code(query, { predicted, reference: 'harbour', misses });
    assert.equal(await code('nobody'), 'NOT_FOUND');
    assert.equal(await code('this is no script at all'), 'FORMAT_UNKNOWN');
    assert.equal(await code({ hello: 'world' }), 'FORMAT_UNKNOWN');
    assert.equal(await code(7), 'INVALID_INPUT');
    assert.equal(await code('harbour', 101), 'INVALID_INPUT');
  });
});
