/** What goes through SkyScript JSON and back, for any document and any narrative. About 15 s of CPU. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems, type Narrative } from '../../schema/narrative.js';
import type { Shot } from '../../schema/shot.js';
import type { Dropped } from '../../src/formats/format.js';
import { leavesOf } from '../../src/formats/repair/json-tree.js';
import { repairJson } from '../../src/formats/repair/repair-json.js';
import { skyScript } from '../../src/formats/skyscript.js';
import { buildNarrative, shortPlans } from '../narratives.js';
import { isTold, untold } from '../script-view.js';
import { listOf, odd, oneOf, someOf, textsOf } from './loose-json.fixture.js';
import { givesTextsBack, narrativeIn } from './round-trips.fixture.js';

const read = (text: string) => skyScript.read!(text, { episodeId: 'ep' });
const write = (narrative: Narrative) => skyScript.write!(narrative);

const score = oneOf(1, 5, '7', 10, 11, 5.5, 'low');
const size = oneOf('Medium Shot', 'Close-Up', 'Close-up', 'Foreground', 'Background', 'Full Shot', 'Tilted');
const words = oneOf('Is anyone here?', '你来了', 'EMMA (20s) runs.', 'Indoors, a bar.', 'MARA: no');
const person = someOf({
  ...{ object: oneOf('person'), Age: oneOf('adult', 30), Gender: oneOf('male'), Looks: words, Emotion: words },
  ...{ Actions: words, Temperament: words, 'Facial Attractiveness': score, 'Shot Type': size, Line: words },
  'Continuous Emotion': fc.oneof(
    someOf({ 'Valence (V)': score, 'Arousal (A)': score, 'Dominance (D)': score }),
    fc.constant({ 'Valence (V)': 3, 'Arousal (A)': '4', dominance: 5 }),
    odd,
  ),
});
const one = someOf({
  Scene: oneOf(['1', 'Café'], ['2', 'Café'], [3, 'Street'], 'Street', ['1']),
  BGM: oneOf(['True', 'Pop', 'Sad', 'Slow Tempo'], ['False'], ['True'], ['True', 'Rock', '', 'Fast Tempo']),
  ...{ 'Scene Description': words, people: listOf(person, 4) },
  objects: listOf(someOf({ object: oneOf('lamp', 'glass'), Description: words, 'Shot Type': size }), 4),
});
const documents = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.oneof({ weight: 9, arbitrary: one }, { weight: 1, arbitrary: odd }), { maxLength: 5 })
      .map((cases) => Object.fromEntries(cases.map((each, n) => [n === 3 ? 'note' : `Case_${n + 1}`, each]))),
  },
  { weight: 1, arbitrary: fc.array(fc.oneof(one, odd), { maxLength: 4 }) },
  { weight: 1, arbitrary: one },
);

describe('SkyScript, there and back', function () {
  this.timeout(300_000);

  it('gives every document back with all its keys in their order, and the text to the letter', () => {
    givesTextsBack(skyScript, textsOf(documents), { readable: 700 });
  });

  it('gives every value back that the repair of a broken document left', () => {
    fc.assert(
      fc.property(documents, fc.nat(10_000), fc.nat(30), (document, from, length) => {
        const text = JSON.stringify(document);
        const at = from % text.length;
        const cut = text.slice(0, at) + text.slice(at + length);
        const narrative = narrativeIn(skyScript, cut);
        if (narrative) assert.deepEqual(leavesOf(JSON.parse(write(narrative).text)), leavesOf(repairJson(cut).value));
      }),
      { numRuns: 200 },
    );
  });

  it('gives every narrative back but for what it says is dropped', () => {
    fc.assert(
      fc.property(shortPlans(5), (plan) => {
        const narrative = buildNarrative(plan);
        const { text, dropped } = write(narrative);
        const { narrative: back } = read(text);
        assert.deepEqual(findProblems(back), []);
        assert.deepEqual(casesOf(back), casesOf(narrative));
        assert.deepEqual(undeclared(narrative, dropped), []);
        assert.equal(write(back).text, text);
      }),
      { numRuns: 1_000 },
    );
  });
});

const thousandths = (value: number) => Math.round((value * 4.5 + 5.5) * 1000);
const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** What SkyScript holds: who and what is seen in which shot of which scene, what they do and say, without names and times. */
function casesOf({ scenes, shots, persons, appearances, objects, events }: Narrative) {
  const begun = (shot: Shot) => {
    const ofScene = shots.filter(({ sceneId }) => sceneId === shot.sceneId);
    const at = (startMs: number) => ofScene.findLast((other) => other.startMs <= startMs) ?? ofScene[0];
    return events.filter((event) => event.sceneId === shot.sceneId && isTold(event) && at(event.startMs) === shot);
  };
  return scenes.map(({ id, location, music, description }) => {
    const own = shots.filter(({ sceneId }) => sceneId === id);
    const said = new Set<string>();
    return {
      ...{ location, music },
      shots: own.map((shot, m) => {
        const seen = appearances.filter(({ shotId }) => shotId === shot.id);
        const doing = begun(shot).filter(({ type, personId }) => personId && (type === 'LINE' || type === 'ACTION'));
        const heard = [...new Set(doing.map(({ personId }) => personId))].filter(
          (personId) => !seen.some((appearance) => appearance.personId === personId),
        );
        const things = objects.filter(({ shotId }) => shotId === shot.id);
        const isSized = heard.length > 0 || [...seen, ...things].some(({ foreground }) => foreground === undefined);
        return {
          // A scene is described by its first case.
          ...{ action: shot.action ?? (m === 0 ? description : undefined) },
          ...{ shotSize: isSized ? shot.shotSize : undefined },
          people: [...seen, ...heard.map((personId) => ({ personId, vad: undefined }))]
            .map((appearance, n, all) => {
              const person = persons.find((other) => other.id === appearance.personId);
              const isFirst = all.findIndex(({ personId }) => personId === appearance.personId) === n;
              const mine = isFirst ? doing.filter(({ personId }) => personId === appearance.personId) : [];
              const acts = mine.filter(({ type, action }) => type === 'ACTION' && action !== undefined);
              const { action, expression, foreground } = appearance as Partial<Narrative['appearances'][number]>;
              const lines = mine.flatMap(({ type, dialogue }) => (type === 'LINE' && dialogue ? [dialogue] : []));
              const line = lines.length === 0 || said.has(lines.join(' ')) ? undefined : lines.join(' ');
              if (line !== undefined) said.add(line);
              return {
                ...{ ageRange: person?.ageRange, gender: person?.gender, looks: person?.looks },
                ...{ temperament: person?.temperament, foreground, line },
                action: action ?? (acts.length > 0 ? acts.map((act) => act.action).join('; ') : undefined),
                expression: expression ?? acts[0]?.expression,
                vad: appearance.vad && Object.values(appearance.vad).map(thousandths),
              };
            })
            .sort(byText),
          objects: things.map(({ name, description, foreground }) => ({ name, description, foreground })).sort(byText),
        };
      }),
    };
  });
}

const held: Readonly<Record<string, readonly string[]>> = {
  scenes: ['location', 'music', 'description'],
  shots: ['action', 'shotSize', 'mainSubjectIds'],
  persons: ['ageRange', 'gender', 'looks', 'temperament', 'provisional', 'portraitId', 'name'],
  appearances: ['personId', 'shotId', 'action', 'expression', 'vad', 'foreground'],
  objects: ['name', 'shotId', 'description', 'foreground'],
};
const heads = [...untold, 'sceneId'];
/** As nodes are where nobody says anything. */
const usual = new Set(['[]', '{}', '"UNKNOWN"', '"CUT"', '"START"']);

/** Fields and lists that SkyScript has no place for, and of which nothing is said. */
function undeclared(narrative: Narrative, dropped: readonly Dropped[]): string[] {
  const declared = new Set(dropped.map(({ what }) => what));
  const found = new Set<string>(['episode.title', 'foreign']);
  for (const [name, fields] of Object.entries(held))
    for (const node of narrative[name as 'scenes'])
      for (const [field, value] of Object.entries(node))
        if (!heads.includes(field) && !fields.includes(field) && !usual.has(JSON.stringify(value)))
          found.add(`${name}.${field}`);
  for (const name of ['keyframes', 'speech', 'signals', 'emotions', 'relationships', 'highlights'] as const)
    if (narrative[name].length > 0) found.add(name);
  if (narrative.persons.some(({ name }) => name !== undefined)) found.add('persons.name');
  const counted = (id: string) => narrative.events.filter(({ type, personId }) => type === 'LINE' && personId === id);
  if (narrative.persons.every(({ id, lineCount }) => counted(id).length === lineCount))
    found.delete('persons.lineCount');
  // Whoever is in no case is dropped whole.
  return [...found].filter((what) => !declared.has(what) && !(what.startsWith('persons.') && declared.has('persons')));
}
