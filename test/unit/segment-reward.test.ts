import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type ComparableEvent,
  type EventField,
  eventFields,
} from '../../src/narrative/evaluation/comparable-script.js';
import { rewardSegment } from '../../src/narrative/evaluation/segment-reward.js';
import { scriptPlan, tell } from '../comparable-scripts.js';

const says = (one: ComparableEvent) => eventFields.some((field) => one[field] !== undefined);
const event = (startS: number, endS: number, fields: Partial<Record<EventField, string>>): ComparableEvent => ({
  ...{ startMs: startS * 1000, endMs: endS * 1000, hasExplicitEnd: true },
  ...fields,
});

const truth = [
  event(0, 4, { character: 'Mara', dialogue: 'Where have you been all night?', action: 'She blocks the door' }),
  event(4, 9, { character: 'Tomas', dialogue: 'At the harbour. 我等了你三个小时。', expression: 'looks at the floor' }),
  event(9, 12, { character: 'Mara', action: 'She throws the keys at his feet', audioCue: 'keys clatter on stone' }),
  event(12, 17, { character: 'Tomas', dialogue: 'Then lock it behind me.', expression: 'defiant' }),
];
/** An honest prediction that is right about much and not about all. */
const honest = [
  event(0, 4, { character: 'Mara', dialogue: 'Where were you all night?', action: 'She stands in the door' }),
  event(5, 9, { character: 'Tomas', dialogue: 'At the harbour. 我等你三小时。', expression: 'looks down' }),
  event(12, 16, {
    character: 'Tomas',
    dialogue: 'Then lock it behind me!',
    expression: 'angry',
    action: 'He turns away',
  }),
];
const score = (predicted: readonly ComparableEvent[]) => rewardSegment(predicted, truth).score;
const said = (predicted: readonly ComparableEvent[], field: EventField) =>
  predicted.flatMap((each) => each[field] ?? []).join(' ');
const overwritten = (fields: (each: ComparableEvent) => Partial<Record<EventField, string | undefined>>) =>
  honest.map((each) => ({ ...each, ...fields(each) }) as ComparableEvent);

describe('the reward of a segment', () => {
  it('is 1 for what is right, 0 for what has nothing to do with it, and between for the rest', () => {
    assert.equal(score(truth), 1);
    assert.equal(rewardSegment([], []).score, 1);
    assert.equal(score([]), 0);
    assert.equal(score([event(0, 17, { character: 'Zed', dialogue: 'xyzzy plugh' })]), 0);
    assert.ok(score(honest) > 0.3 && score(honest) < 0.8, String(score(honest)));
  });

  it('is the sum of its parts, and says what each event without a counterpart costs', () => {
    const { parts, score: all } = rewardSegment(honest, truth);
    const sum = parts.content + parts.timing + parts.invented + parts.missing + parts.copied;
    assert.ok(Math.abs(sum - all) < 1e-12);
    assert.ok(parts.missing < 0 && parts.invented === 0 && parts.copied === 0);
    const stranger = event(10, 11, { dialogue: 'xyzzy plugh' });
    const more = rewardSegment([...honest, stranger], truth);
    assert.ok(more.parts.invented < 0 && more.score < all);
  });

  it('does not change with spaces, case, width of signs and punctuation', () => {
    const restyled = honest.map((each) => ({
      ...each,
      ...Object.fromEntries(
        eventFields.flatMap((field) => {
          const text = each[field];
          if (text === undefined) return [];
          const wide = text
            .toUpperCase()
            .replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
          return [[field, `  ${wide.replaceAll(' ', ' \n\t ').replaceAll('。', '.')} `]];
        }),
      ),
    }));
    assert.notEqual(restyled[0]?.dialogue, honest[0]?.dialogue);
    assert.equal(rewardSegment(restyled, truth).score, score(honest));
  });

  it('falls with every event that is told again', () => {
    let last = score(honest);
    for (const times of [2, 3, 5, 10]) {
      const repeated = honest.flatMap((each) => Array.from({ length: times }, () => each));
      assert.ok(score(repeated) < last, `${times} times: ${score(repeated)}`);
      last = score(repeated);
    }
    const scattered = honest.flatMap((each) =>
      [-5, 0, 5].map((offS) => ({ ...each, startMs: each.startMs + offS * 1000, endMs: each.endMs + offS * 1000 })),
    );
    assert.ok(score(scattered) < score(honest));
  });

  it('does not rise with empty fields or empty events', () => {
    for (const field of eventFields)
      assert.ok(score(overwritten(() => ({ [field]: undefined }))) <= score(honest), `without ${field}`);
    for (const nothing of ['', ' ', '…', '—', '()'])
      assert.equal(score(overwritten(() => ({ audioCue: nothing }))), score(honest), `“${nothing}”`);
    const bare = truth.map(({ startMs, endMs, hasExplicitEnd }) => ({ startMs, endMs, hasExplicitEnd }));
    assert.equal(score(bare), 0);
    assert.ok(score([...honest, ...bare]) < score(honest));
  });

  it('falls where the dialogue is copied into every field, below leaving them empty', () => {
    const copied = score(
      overwritten(({ dialogue }) => ({ action: dialogue, expression: dialogue, audioCue: dialogue })),
    );
    const alone = score(overwritten(() => ({ action: undefined, expression: undefined, audioCue: undefined })));
    assert.ok(copied < alone && alone < score(honest), `${copied} ${alone} ${score(honest)}`);
    // With a word changed here and there it is still a copy.
    const disguised = overwritten(({ dialogue }) => ({ action: `${dialogue} so`, expression: `oh ${dialogue}` }));
    assert.ok(score(disguised) < alone);
  });

  it('gives nothing for a copy, even where what is done resembles what is said', () => {
    const told = [
      event(0, 4, {
        character: 'Mara',
        dialogue: 'Lock the door behind me.',
        action: 'She asks him to lock the door behind her',
      }),
    ];
    const alone = [event(0, 4, { character: 'Mara', dialogue: 'Lock the door behind me.' })];
    const copy = rewardSegment([{ ...alone[0]!, action: 'Lock the door behind me.' }], told);
    assert.ok(copy.parts.copied < 0);
    assert.equal(copy.fields.action, 0);
    assert.ok(copy.score < rewardSegment(alone, told).score);
  });

  it('lets a text stand twice where the reference has it twice', () => {
    const twice = [event(0, 3, { character: 'Mara', dialogue: 'Hush.', audioCue: 'Hush.' })];
    assert.equal(rewardSegment(twice, twice).score, 1);
  });

  it('is small for one giant event that says everything', () => {
    const all = Object.fromEntries(eventFields.map((field) => [field, said(truth, field)]));
    const giant = [event(0, 17, { ...all, character: 'Mara' })];
    assert.ok(score(giant) < 0.25 && score(giant) < score(honest) / 2, String(score(giant)));
    const stuffed = honest.map((each) => ({ ...each, ...all, character: each.character ?? '' }));
    assert.ok(score(stuffed) < score(honest) * 0.9, `${score(stuffed)} of ${score(honest)}`);
  });

  it('is 1 where there was nothing to say and nothing is said', () => {
    const silent = [event(0, 1, {})];
    for (const [predicted, reference] of [[], silent].map((events) => [events, silent] as const))
      assert.equal(rewardSegment(predicted, reference).score, 1);
    assert.ok(rewardSegment([...silent, ...silent], silent).score < 1);
    assert.ok(rewardSegment(silent, honest).score < 0.2);
    assert.ok(rewardSegment(honest, silent).score < 0.2);
  });

  it('falls when an invented event that says something is put to what is right, or one is left out', () => {
    fc.assert(
      fc.property(scriptPlan(1), scriptPlan(1), fc.nat(), (plan, other, choice) => {
        const { events } = tell(plan);
        const [stranger] = tell(other).events;
        const left = events[choice % events.length];
        const most = rewardSegment(events, events).score;
        const withStranger = rewardSegment([...events, stranger!], events).score;
        const without = rewardSegment(events.toSpliced(choice % events.length, 1), events).score;
        assert.ok(says(stranger!) ? withStranger < most : withStranger <= most);
        assert.ok(says(left!) ? without < most : without <= most);
      }),
      { numRuns: 100 },
    );
  });

  it('is the same to the bit each time', () => {
    assert.equal(JSON.stringify(rewardSegment(honest, truth)), JSON.stringify(rewardSegment(honest, truth)));
  });
});
