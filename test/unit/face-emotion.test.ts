import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { faceEmotion } from '../../src/narrative/emotion/face-emotion.js';
import { prototypes } from '../../src/narrative/emotion/plutchik.js';

const words = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];

describe('what a face shows', () => {
  it('is the prototype itself where the model has one word only, at the confidence the model deserves', () => {
    deepEqual(faceEmotion({ happy: 1 }), {
      expression: 'happy',
      vad: prototypes.JOY,
      emotion: 'JOY',
      confidence: 0.4,
    });
    const named = words.map((word) => faceEmotion({ [word]: 1 })?.emotion);
    deepEqual(named, ['ANGER', 'DISGUST', 'FEAR', 'JOY', 'SADNESS', 'SURPRISE', undefined]);
  });

  it('is the leading word as an emotion, and a mean place in valence, arousal and dominance', () => {
    const glad = faceEmotion({ happy: 0.9, neutral: 0.1 });
    equal(glad?.emotion, 'JOY');
    ok(glad && glad.vad.valence > 0.6 && glad.confidence < 0.4);
    deepEqual(faceEmotion({ happy: 0.5, neutral: 0.5 })!.vad, { valence: 0.405, arousal: 0.255, dominance: 0.23 });
    const torn = faceEmotion({ happy: 3, sad: 1 })!;
    equal(torn.expression, 'happy');
    ok(Math.abs(torn.vad.valence - (0.75 * 0.81 - 0.25 * 0.63)) < 0.001);
  });

  it('has no emotion where it is neutral, and is unknown without a reading', () => {
    const neutral = faceEmotion({ neutral: 0.9, sad: 0.1 })!;
    deepEqual([neutral.expression, neutral.emotion], ['neutral', undefined]);
    ok(neutral.vad.valence < 0 && neutral.vad.valence > -0.1);
    const calm = faceEmotion({ neutral: 1 });
    equal(calm?.emotion, undefined);
    deepEqual(calm?.vad, { valence: 0, arousal: 0, dominance: 0 });
    equal(faceEmotion({}), undefined);
    equal(faceEmotion({ happy: 0 }), undefined);
    equal(faceEmotion({ wink: 1 }), undefined);
  });

  it('has no name where the model is undecided, but a place still', () => {
    const undecided = faceEmotion({ angry: 0.35, sad: 0.33, fear: 0.32 })!;
    deepEqual([undecided.expression, undecided.emotion], [undefined, undefined]);
    ok(undecided.vad.valence < -0.5);
  });

  it('stays within its ranges, whatever the order of its words', () => {
    const shares = fc.dictionary(fc.constantFrom(...words), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(shares, (expressions) => {
        const found = faceEmotion(expressions);
        for (const value of Object.values(found?.vad ?? {})) ok(value >= -1 && value <= 1);
        ok((found?.confidence ?? 0) <= 0.4);
        const reversed = faceEmotion(Object.fromEntries(Object.entries(expressions).toReversed()));
        for (const [name, value] of Object.entries(found?.vad ?? {}))
          ok(Math.abs(value - reversed!.vad[name as 'valence']) <= 0.0011);
      }),
    );
  });
});
