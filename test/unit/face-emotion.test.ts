import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { Emotion } from '../../schema/enums.js';
import { readFaceEmotion } from '../../src/narrative/emotion/face-emotion.js';
import { nearestEmotion, prototypes } from '../../src/narrative/emotion/plutchik.js';

const read = (...expressions: Record<string, number>[]) =>
  readFaceEmotion(expressions.map((one) => ({ expressions: one })));

describe('what a face shows', () => {
  it('is the prototype itself where the model has one word only, at the confidence the model deserves', () => {
    deepEqual(read({ happy: 1 }), {
      expression: 'happy',
      vad: prototypes.JOY,
      emotion: 'JOY',
      confidence: 4 / 7,
    });
    equal(read({ angry: 1 })!.emotion, 'ANGER');
    equal(read({ sad: 1 })!.emotion, 'SADNESS');
  });

  it('has no name where it is neutral, and is unknown without a reading', () => {
    const neutral = read({ neutral: 0.9, sad: 0.1 })!;
    deepEqual([neutral.expression, neutral.emotion], ['neutral', undefined]);
    ok(neutral.vad.valence < 0 && neutral.vad.valence > -0.1);
    equal(read(), undefined);
    equal(read({}), undefined);
  });

  it('is the mean over its moments, those that could be read well counting more', () => {
    deepEqual(read({ happy: 1 }, { neutral: 1 })!.vad, { valence: 0.405, arousal: 0.255, dominance: 0.23 });
    const weighted = readFaceEmotion([
      { expressions: { happy: 1 }, weight: 3 },
      { expressions: { sad: 1 }, weight: 1 },
    ])!;
    equal(weighted.expression, 'happy');
    ok(Math.abs(weighted.vad.valence - (0.75 * 0.81 - 0.25 * 0.63)) < 0.001);
  });

  it('stays within its ranges, whatever the order of its moments', () => {
    const word = fc.constantFrom('angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral');
    const moment = fc.dictionary(word, fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 5 }), (moments) => {
        const found = read(...moments);
        for (const value of Object.values(found?.vad ?? {})) ok(value >= -1 && value <= 1);
        ok((found?.confidence ?? 0) <= 4 / 7);
        const reversed = read(...moments.toReversed());
        for (const [name, value] of Object.entries(found?.vad ?? {}))
          ok(Math.abs(value - reversed!.vad[name as 'valence']) <= 0.0011);
      }),
    );
  });

  it('is nearest to each prototype where it lies on it, however weak', () => {
    for (const emotion of Object.keys(Emotion) as Emotion[]) {
      const { valence, arousal, dominance } = prototypes[emotion];
      equal(nearestEmotion({ valence: valence / 9, arousal: arousal / 9, dominance: dominance / 9 }), emotion);
    }
    equal(nearestEmotion({ valence: 0, arousal: 0, dominance: 0 }), undefined);
  });
});
