/** What goes through OmniScript JSON and back, for any document and any narrative. About 15 s of CPU. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems, type Narrative } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Dropped } from '../../src/formats/format.js';
import { omniScript } from '../../src/formats/omniscript.js';
import { buildNarrative, shortPlans } from '../narratives.js';
import { isTold, untold } from '../script-view.js';
import { listOf, odd, oneOf, someOf, textsOf } from './loose-json.fixture.js';
import { givesTextsBack } from './round-trips.fixture.js';

const read = (text: string) => omniScript.read!(text, { episodeId: 'ep' });
const write = (narrative: Narrative) => omniScript.write!(narrative);

const text = oneOf('Mara looks up.', 'Is anyone here?', '你来了', 'Alert', 'none', 'MARA: no');
const name = oneOf('Mara', 'MARA (V.O.)', 'Tomas', '林妙妙', 'Man (left)', '???', 'Mara & Tomas', 'None');
const time = fc.oneof(
  { weight: 6, arbitrary: fc.nat(400).map((s) => `${String(Math.floor(s / 60)).padStart(2, '0')}:${s % 60}`) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('00:01:07', '00:05-00:09', '5.25', 12, 'soon', '99999999:00', -3) },
  { weight: 1, arbitrary: odd },
);
const event = someOf({
  ...{ timestamp: time, character: name, action: text, expression: text, dialogue: text, audio_cue: text },
  ...{ subtext: text, voice_type: fc.oneof(text, fc.constantFrom('Voice-over', 'Off-screen')), audioCue: text },
});
const scene = someOf({
  ...{
    scene_id: fc.nat(9),
    location: text,
    type: fc.oneof(fc.constantFrom('Interior', 'Exterior', 'Int./Ext.', '内景'), odd),
  },
  ...{ environment: text, time: text, mood: text, events: listOf(event, 6) },
});
const point = someOf({
  ...{
    type: text,
    time_range: fc.oneof(fc.tuple(time, time), odd),
    description: text,
    score: fc.oneof(fc.nat(12), odd),
  },
  reasoning: fc.oneof(someOf({ visual: text, audio: text, psychology: text }), odd),
});
const meta = someOf({
  title: text,
  duration: time,
  characters: listOf(fc.oneof(name, someOf({ name, aliases: listOf(name, 2), gender: text, age: text })), 4),
});
const documents = fc.oneof(
  {
    weight: 8,
    arbitrary: someOf({
      meta: fc.oneof({ weight: 8, arbitrary: meta }, odd),
      script: listOf(scene, 4),
      high_points: listOf(point, 3),
    }),
  },
  { weight: 1, arbitrary: fc.array(scene, { maxLength: 4 }) },
);

describe('OmniScript, there and back', function () {
  this.timeout(180_000);

  it('gives every document back with all its keys in their order, and the text to the letter', () => {
    givesTextsBack(omniScript, textsOf(documents), { readable: 500 });
  });

  it('gives every narrative back but for what it says is dropped', () => {
    fc.assert(
      fc.property(shortPlans(5), (plan) => {
        const narrative = buildNarrative(plan);
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

const heads = new Set([...untold, 'sceneId', 'shotIds']);

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
