/** What goes through OmniScript JSON and back, for any document and any narrative. About 15 s of CPU. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems, type Narrative } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Dropped } from '../../src/formats/format.js';
import { omniScript } from '../../src/formats/omniscript.js';
import { buildNarrative, narrativePlans } from '../narratives.js';

const read = (text: string) => omniScript.read!(text, { episodeId: 'ep' });
const write = (narrative: Narrative) => omniScript.write!(narrative);

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, '', 7, true, [], {}, 'N/A', [1, 'two'], { a: { b: null } }, ' '),
  fc.json({ maxDepth: 1 }).map((json): unknown => JSON.parse(json)),
);
const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('Mara looks up.', 'Is anyone here?', '你来了', 'Alert', 'none', 'MARA: no') },
  { weight: 1, arbitrary: odd },
);
const name = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('Mara', 'MARA (V.O.)', 'Tomas', '林妙妙', 'Man (left)', '???', 'Mara & Tomas', 'None'),
  },
  { weight: 1, arbitrary: odd },
);
const time = fc.oneof(
  { weight: 6, arbitrary: fc.nat(400).map((s) => `${String(Math.floor(s / 60)).padStart(2, '0')}:${s % 60}`) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('00:01:07', '00:05-00:09', '5.25', 12, 'soon', '99999999:00', -3) },
  { weight: 1, arbitrary: odd },
);
/** An object with some of its keys, in any order, and with keys that nobody knows. */
const some = (members: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc
    .record({
      members: fc.record({ ...members, ...{ weather: odd, ключ: odd } }, { requiredKeys: [] }),
      order: fc.array(fc.nat(99), { minLength: 12, maxLength: 12 }),
    })
    .map(({ members: drawn, order }) =>
      Object.fromEntries(
        Object.entries(drawn).sort(([a], [b]) => (order[a.length % 12] ?? 0) - (order[b.length % 12] ?? 0)),
      ),
    );
const list = (one: fc.Arbitrary<unknown>, maxLength: number) =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.array(fc.oneof({ weight: 9, arbitrary: one }, { weight: 1, arbitrary: odd }), { maxLength }),
    },
    { weight: 1, arbitrary: one },
    { weight: 1, arbitrary: odd },
  );
const event = some({
  ...{ timestamp: time, character: name, action: text, expression: text, dialogue: text, audio_cue: text },
  ...{ subtext: text, voice_type: fc.oneof(text, fc.constantFrom('Voice-over', 'Off-screen')), audioCue: text },
});
const scene = some({
  ...{
    scene_id: fc.nat(9),
    location: text,
    type: fc.oneof(fc.constantFrom('Interior', 'Exterior', 'Int./Ext.', '内景'), odd),
  },
  ...{ environment: text, time: text, mood: text, events: list(event, 6) },
});
const point = some({
  ...{
    type: text,
    time_range: fc.oneof(fc.tuple(time, time), odd),
    description: text,
    score: fc.oneof(fc.nat(12), odd),
  },
  reasoning: fc.oneof(some({ visual: text, audio: text, psychology: text }), odd),
});
const meta = some({
  title: text,
  duration: time,
  characters: list(fc.oneof(name, some({ name, aliases: list(name, 2), gender: text, age: text })), 4),
});
const documents = fc.oneof(
  {
    weight: 8,
    arbitrary: some({
      meta: fc.oneof({ weight: 8, arbitrary: meta }, odd),
      script: list(scene, 4),
      high_points: list(point, 3),
    }),
  },
  { weight: 1, arbitrary: fc.array(scene, { maxLength: 4 }) },
);
const layouts = fc.constantFrom<readonly [string | number, string]>([2, '\n'], [0, ''], ['\t', '\r\n'], [4, '']);

describe('OmniScript, there and back', function () {
  this.timeout(180_000);

  it('gives every document back with all its keys in their order, and the text to the letter', () => {
    let readable = 0;
    fc.assert(
      fc.property(documents, layouts, (document, [indent, end]) => {
        const text = `${JSON.stringify(document, null, indent)}${end}`;
        let narrative: Narrative;
        try {
          ({ narrative } = read(text));
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'SCRIPT_UNREADABLE');
          return;
        }
        readable++;
        assert.deepEqual(findProblems(narrative), []);
        assert.equal(write(narrative).text, text);
      }),
      { numRuns: 1_000 },
    );
    assert.ok(readable > 500, `${readable} were readable`);
  });

  it('gives every narrative back but for what it says is dropped', () => {
    fc.assert(
      fc.property(narrativePlans, (plan) => {
        const narrative = buildNarrative({
          ...plan,
          shotLengths: plan.shotLengths.slice(0, 5),
          lines: plan.lines.slice(0, 5),
        });
        const { text, dropped } = write(narrative);
        const { narrative: back } = read(text);
        assert.deepEqual(findProblems(back), []);
        assert.deepEqual(told(back), told(narrative));
        assert.deepEqual(undeclared(narrative, back, dropped), []);
        assert.equal(write(back).text, text);
      }),
      { numRuns: 1_000 },
    );
  });
});

const isTold = ({ provenance }: NarrativeNode) => provenance.by !== 'presence';
const isWorkedOut = ({ provenance }: NarrativeNode, field: string) =>
  provenance.fields?.some((source) => source.field === field && source.by === 'script-reading') ?? false;

/** What OmniScript holds: who says, does, shows and hears what in which second of which scene. */
function told({ episode, scenes, persons, events, highlights }: Narrative) {
  return {
    title: episode.title,
    seconds: Math.ceil(episode.durationMs / 1000),
    persons: persons.length,
    scenes: scenes.map(({ id, setting, location, environment, timeOfDay, mood }) => ({
      ...{ setting, location, environment, timeOfDay, mood },
      events: events
        .filter((event) => event.sceneId === id && isTold(event))
        .map((event) => ({
          second: Math.floor(event.startMs / 1000),
          person: isWorkedOut(event, 'personId') ? -1 : persons.findIndex(({ id: own }) => own === event.personId),
          action: event.action ?? event.description,
          ...{ expression: event.expression, dialogue: event.dialogue, audioCue: event.audioCue },
          ...{ subtext: event.subtext, voiceType: event.voiceType },
        })),
    })),
    highlights: highlights.map(({ type, score, reasoning, startMs }) => ({
      ...{ type, score, reasoning, second: Math.floor(startMs / 1000) },
    })),
  };
}

/** What of an episode is no matter of its film file. */
const whole = ({ episode: { title, language, synopsis, durationMs } }: Narrative) =>
  Object.fromEntries(
    Object.entries({ title, language, synopsis, durationMs }).filter(([, value]) => value !== undefined),
  );

const heads = new Set([
  'id',
  'kind',
  'episodeId',
  'provenance',
  'foreign',
  'ordinal',
  'sceneId',
  'shotIds',
  'personIds',
]);

/** A value with the places of persons for their ids. */
const byPlace = (value: unknown, { persons }: Narrative) =>
  JSON.stringify(value, (_, inner) => {
    const place = persons.findIndex(({ id }) => id === inner);
    return place < 0 ? inner : place;
  });

/** Fields that came back other than they were, and of which nothing is said. */
function undeclared(narrative: Narrative, back: Narrative, dropped: readonly Dropped[]): string[] {
  const declared = new Set(dropped.map(({ what }) => what));
  const found = new Set<string>();
  const eventsOf = ({ scenes, events }: Narrative) =>
    scenes.flatMap(({ id }) => events.filter((event) => event.sceneId === id && isTold(event)));
  for (const [list, ones, others] of [
    ['episode', [whole(narrative)], [whole(back)]],
    ['scenes', narrative.scenes, back.scenes],
    ['events', eventsOf(narrative), eventsOf(back)],
    ['persons', narrative.persons, back.persons],
    ['highlights', narrative.highlights, back.highlights],
  ] as const)
    for (const [n, node] of ones.entries())
      for (const [field, value] of Object.entries(node)) {
        const other = (others[n] as unknown as Record<string, unknown> | undefined)?.[field];
        if (heads.has(field) || ['[]', '{}'].includes(JSON.stringify(value))) continue;
        if (byPlace(value, narrative) === byPlace(other, back)) continue;
        found.add(`${list}.${field}`);
      }
  for (const list of ['shots', 'appearances', 'objects', 'keyframes', 'speech', 'signals', 'emotions'] as const)
    if (narrative[list].length > 0 && JSON.stringify(narrative[list]) !== JSON.stringify(back[list])) found.add(list);
  // Told by the references of elements, which have other names.
  const names: Readonly<Record<string, string>> = {
    'events.personId': 'events.person',
    'events.targetIds': 'events.targets',
  };
  return [...found].filter((what) => !declared.has(names[what] ?? what));
}
