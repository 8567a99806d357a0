import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  findProblems,
  migrateNarrative,
  type Narrative,
  narrativeVersion,
  nodeId,
  nodesOf,
  validateNarrative,
} from '../../schema/narrative.js';
import { shape } from '../../schema/shape.generated.js';
import { narrativeKinds, narratives } from '../narratives.js';

type Mutable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> } : Value;

/** A narrative of version 1 with every noun in it. It never changes: each version gets a file of its own. */
const golden = (): Mutable<Narrative> => JSON.parse(readFileSync('test/golden/narrative-1.json', 'utf8'));

/** What the validator says of the golden narrative after a change. */
function problemsAfter(change: (narrative: Mutable<Narrative>) => void): string {
  const narrative = golden();
  change(narrative);
  return findProblems(narrative as Narrative).join('; ');
}

describe('a narrative', () => {
  it('has the shape that the decorated nouns declare', () => {
    // In a process of its own: resolvers that other tests load leave their fields among the nouns'.
    const module = JSON.stringify(new URL('../../schema/derive-shape.js', import.meta.url).href);
    const print = `import { deriveShape } from ${module}; process.stdout.write(JSON.stringify(deriveShape()));`;
    const derived = execFileSync(process.execPath, ['--input-type=module', '-e', print], { encoding: 'utf8' });
    assert.deepEqual(shape, JSON.parse(derived));
  });

  it('of version 1 can still be read, whatever it holds', () => {
    const read = migrateNarrative(golden());
    validateNarrative(read);
    assert.deepEqual(new Set([...nodesOf(read)].map(({ kind }) => kind)), new Set(narrativeKinds));
  });

  it('of a newer version is refused, and so is what has no version', () => {
    const refused = (value: unknown, code: string) => assert.throws(() => migrateNarrative(value), { code });
    refused({ ...golden(), narrativeVersion: narrativeVersion + 1 }, 'NARRATIVE_TOO_NEW');
    for (const value of [{}, null, 7, 'narrative', { narrativeVersion: '1' }]) refused(value, 'INVALID_NARRATIVE');
  });

  it('survives JSON unchanged, whatever it holds', () => {
    fc.assert(
      fc.property(narratives, (narrative) => {
        validateNarrative(narrative);
        assert.deepEqual(JSON.parse(JSON.stringify(narrative)), narrative);
      }),
    );
  });

  it('names its nodes by noun and start, so that an unmoved one keeps its id', () => {
    assert.equal(nodeId('e', 'shot', 7_170), 'e:shot:0007170');
    assert.equal(nodeId('e', 'shot', 7_170, 2), 'e:shot:0007170:2');
  });
});

describe('the validator', () => {
  const reports = (what: string, change: (narrative: Mutable<Narrative>) => void, problem: RegExp) =>
    it(`reports ${what}`, () => assert.match(problemsAfter(change), problem));
  const wrong = (node: object | undefined, fields: object) => Object.assign(node!, fields);

  it('finds nothing wrong with the golden narrative', () =>
    assert.equal(
      problemsAfter(() => {}),
      '',
    ));

  reports(
    'a missing field',
    (n) => wrong(n.shots[0], { transition: undefined }),
    /^shots\[0]\.transition: is missing$/,
  );
  reports('a field that no noun has', (n) => wrong(n.shots[0], { colour: 'red' }), /colour: is not a field of Shot/);
  reports('a list that it does not know', (n) => wrong(n, { songs: [] }), /^songs: is not a known list$/);
  reports('a list that is none', (n) => wrong(n, { cues: {} }), /^cues: is not a list$/);
  reports(
    'a word outside an enum',
    (n) => wrong(n.shots[0], { transition: 'SWIPE' }),
    /transition: is not one of CUT,/,
  );
  reports('a value of another type', (n) => wrong(n.cues[0], { text: 7 }), /^cues\[0]\.text: is not of type String$/);
  reports('time that is no integer', (n) => wrong(n.cues[0], { startMs: 0.5 }), /startMs: is not of type Int/);
  reports('a null', (n) => wrong(n.scenes[0], { location: null }), /location: is not of type String/);
  reports('a number out of range', (n) => wrong(n.highlights[0], { score: 11 }), /score: 11 is outside 0…10/);
  reports(
    'a flaw inside a list of objects',
    (n) => wrong(n.highlights[0]!.contributions, { 0: 'much' }),
    /contributions\[0]/,
  );
  reports('a node of the wrong kind', (n) => wrong(n.shots[0], { kind: 'Scene' }), /kind: is "Scene", not "Shot"/);
  reports('an id used twice', (n) => wrong(n.cues[1], { id: n.cues[0]!.id }), /the id is used twice/);
  reports('a node of another episode', (n) => wrong(n.cues[0], { episodeId: 'x' }), /episodeId: is not episode:/);
  reports('an episode that is not its own', (n) => wrong(n.episode, { episodeId: 'x' }), /episodeId/);
  reports('a reference to nothing', (n) => wrong(n.shots[0], { sceneId: 'x' }), /sceneId: no Scene of this episode/);
  reports(
    'a reference to another noun',
    (n) => wrong(n.events[0], { personId: n.shots[0]!.id }),
    /personId: no Person/,
  );
  reports('one bad reference of many', (n) => n.events[0]!.shotIds.push('x'), /shotIds: no Shot of this episode/);
  reports(
    'a bad reference inside a nested object',
    (n) => n.counterfactuals[0]!.kept.push({ eventId: n.shots[0]!.id, why: '' }),
    /\.kept\.eventId: no Event of this episode/,
  );
  reports(
    'a field named like a method',
    (n) => wrong(n.shots[0], { toString: 'x' }),
    /toString: is not a field of Shot/,
  );
  reports(
    'evidence that is not there',
    (n) => n.cues[0]!.provenance.evidence.push({ nodeId: 'x' }),
    /provenance\.evidence: no node of this episode has the id x/,
  );
  reports('an interval without length', (n) => wrong(n.cues[0], { endMs: n.cues[0]!.startMs }), /not after its start/);
  reports('a node past the film’s end', (n) => wrong(n.cues.at(-1), { endMs: 10 ** 8 }), /lies outside the episode/);
  reports('a moment before the film', (n) => wrong(n.emotions[0], { atMs: -1 }), /atMs: lies outside the episode/);
  reports('a shot outside its scene', (n) => wrong(n.shots[0], { sceneId: n.scenes.at(-1)!.id }), /lies outside /);
  reports('a keyframe outside its shot', (n) => wrong(n.keyframes[0], { shotId: n.shots.at(-1)!.id }), /lies outside /);
  reports(
    'a gap in ordinals',
    (n) => wrong(n.scenes.at(-1), { ordinal: 9 }),
    /ordinal: is 9, \d in the order of scenes/,
  );
  reports('events out of order', (n) => n.events.reverse(), /starts before the events ahead of it|ordinal/);

  it('throws INVALID_NARRATIVE with the first ten problems and the number of the rest', () => {
    const narrative = golden();
    for (const node of nodesOf(narrative as Narrative)) wrong(node, { foreign: undefined, provenance: 'hearsay' });
    assert.throws(() => validateNarrative(narrative), { code: 'INVALID_NARRATIVE', message: /; and \d+ more\.$/ });
  });
});
