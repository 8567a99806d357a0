import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Appearance } from '../../schema/appearance.js';
import type { Edit } from '../../schema/edit.js';
import type { EpisodeCast } from '../../schema/episode-cast.js';
import type { Event } from '../../schema/event.js';
import { findProblems, type Narrative, validateNarrative } from '../../schema/narrative.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { analysePresence } from '../../src/narrative/presence/presence.js';
import { castFilm, sightings, sights } from '../cast-films.js';
import { film, provenance } from '../contract/fixture.js';
import { narratives } from '../narratives.js';

type Sight = Partial<Appearance> & { readonly who: number; readonly startMs: number; readonly endMs: number };

const cuts = [0, 10_000, 20_000, 30_000];
const idOf = (who: number) => `episode:film:person:0000000${who > 1 ? `:${who}` : ''}`;

/** A film of three shots of 10 s in one scene, in which these are seen. */
function filmOf(seen: readonly Sight[], more: Partial<Narrative> = {}, draft: Parameters<typeof film>[0] = {}) {
  const common = { episodeId: 'episode:film', provenance };
  const appearances = seen.map(({ who, ...fields }, n): Appearance => {
    const shotMs = cuts.findLast((cut) => cut <= fields.startMs)!;
    const shotId = `episode:film:shot:${String(shotMs).padStart(7, '0')}`;
    return {
      ...{ id: `seen:${n}`, kind: 'Appearance', personId: idOf(who), shotId, atMs: fields.startMs },
      ...common,
      ...fields,
    };
  });
  const people = [{}, {}, {}];
  const made = film({ cuts, people, ...draft, more: { appearances, ...more } });
  validateNarrative(made);
  return made;
}

const found = ({ events }: Narrative) =>
  events
    .filter(({ type }) => type !== 'LINE')
    .map(({ type, personId, startMs, endMs }) => [type, personId, startMs, endMs]);

/** The cast in which the second of these persons is the first. */
const merged = (narrative: Narrative, into: ReadonlyMap<string, string>): EpisodeCast => ({
  persons: narrative.persons
    .filter(({ id }) => !into.has(id))
    .map(({ id }) => ({
      ...{ id, characterId: `character of ${id}`, parts: [], author: 'anna' },
      wholes: [id, ...[...into].flatMap(([other, home]) => (home === id ? [other] : []))],
    })),
  moments: {},
  renamed: {},
  corrected: {},
});

describe('who is in a scene', () => {
  it('is who is seen, longest first, then who is only heard, but no voice from elsewhere', () => {
    const cues = [
      { startMs: 1_000, endMs: 2_000, text: 'Hello?', speakerTag: 'Zoe' },
      { startMs: 3_000, endMs: 4_000, text: 'Long ago…', speakerTag: 'Old Zoe' },
    ];
    const people = [{}, {}, { name: 'Zoe' }, { name: 'Old Zoe' }];
    const seen = [
      { who: 1, startMs: 0, endMs: 2_000 },
      { who: 2, startMs: 0, endMs: 5_000 },
      { who: 1, startMs: 10_000, endMs: 12_000 },
    ];
    const told = filmOf(seen, {}, { people, cues });
    const events = told.events.map((event) =>
      event.personId === idOf(4) ? { ...event, voiceType: 'voice-over' } : event,
    );
    assert.deepEqual(analysePresence({ ...told, events }).scenes[0]?.personIds, [idOf(2), idOf(1), idOf(3)]);
  });

  it('says how sure it is, and never more than of the least sure of them', () => {
    const [scene] = filmOf([{ who: 1, startMs: 0, endMs: 2_000 }]).scenes;
    assert.deepEqual(scene?.provenance.fields, [{ field: 'personIds', by: 'presence', confidence: 0.5 }]);
  });

  it('is nobody’s business where there is nobody: such a narrative comes back itself', () => {
    const empty = film();
    assert.equal(analysePresence(empty), empty);
  });
});

describe('entrances and exits', () => {
  const others = { who: 2, startMs: 0, endMs: 4_000 };

  it('are where somebody first comes in before our eyes, and where they last leave', () => {
    const seen: Sight[] = [others, { who: 1, startMs: 12_000, endMs: 17_000, entersFrom: 'LEFT', leavesTo: 'RIGHT' }];
    const narrative = filmOf(seen);
    assert.deepEqual(found(narrative), [
      ['ENTRANCE', idOf(1), 12_000, 13_000],
      ['EXIT', idOf(1), 16_000, 17_000],
    ]);
    const [entrance, exit] = narrative.events as [Event, Event];
    assert.equal(entrance.description, 'Comes in from the left.');
    assert.equal(exit.description, 'Leaves to the right.');
    const play = { startMs: 11_000, endMs: 14_000, nodeId: 'seen:1', note: 'Moves in over the left edge.' };
    assert.deepEqual([entrance.provenance.confidence, entrance.provenance.evidence], [0.6, [play]]);
  });

  it('are none where somebody only crosses from one set-up to the next, or was there before', () => {
    const crossing: Sight[] = [
      others,
      { who: 1, startMs: 0, endMs: 8_000, leavesTo: 'RIGHT' },
      { who: 1, startMs: 11_500, endMs: 20_000, entersFrom: 'LEFT' },
    ];
    assert.deepEqual(found(filmOf(crossing)), []);
    const shownBefore: Sight[] = [
      others,
      { who: 1, startMs: 0, endMs: 10_000 },
      { ...crossing[2]!, startMs: 21_500, endMs: 29_000 },
    ];
    assert.deepEqual(found(filmOf(shownBefore)), []);
  });

  it('are both where somebody leaves, stays away, and comes back', () => {
    const seen: Sight[] = [
      others,
      { who: 1, startMs: 0, endMs: 6_000, leavesTo: 'LEFT' },
      { who: 1, startMs: 13_000, endMs: 20_000, entersFrom: 'LEFT' },
    ];
    assert.deepEqual(
      found(filmOf(seen)).map(([type]) => type),
      ['EXIT', 'ENTRANCE'],
    );
  });

  it('follow a merge: who was there all along has not come in', () => {
    const seen: Sight[] = [
      { who: 1, startMs: 0, endMs: 6_000 },
      { who: 2, startMs: 13_000, endMs: 20_000, entersFrom: 'LEFT' },
    ];
    const base = filmOf(seen);
    assert.deepEqual(found(base)[1]?.[0], 'ENTRANCE');
    const { effective } = deriveNarrative(base, [], merged(base, new Map([[idOf(2), idOf(1)]])));
    assert.ok(effective.events.every(({ type }) => type !== 'ENTRANCE'));
    assert.deepEqual(deriveNarrative(base, [], merged(base, new Map())).effective, base);
  });

  it('can be corrected, though nothing of them was analysed, and the correction taken back', () => {
    const base = filmOf([others, { who: 1, startMs: 12_000, endMs: 20_000, entersFrom: 'LEFT' }]);
    const { events: analysed, ...rest } = base;
    const told = { ...rest, events: analysed.filter(({ provenance: { by } }) => by !== 'presence') };
    const [entrance] = analysed as [Event];
    const edit: Edit = {
      ...{ id: 'edit:1', kind: 'Edit', episodeId: base.episode.id, at: '2026-01-01T00:00:00.000Z', author: 'anna' },
      operation: { operation: 'CORRECT', field: 'description', value: 'Bursts in.' },
      anchor: { nodeId: entrance.id, kind: 'Event', startMs: 12_000, endMs: 13_000, oldValue: entrance.description },
      state: 'APPLIED',
    };
    const { effective, edits } = deriveNarrative(told, [edit]);
    assert.deepEqual([effective.events[0]?.description, edits[0]?.state], ['Bursts in.', 'APPLIED']);
    const later = { ...told, appearances: told.appearances.map((seen) => ({ ...seen, startMs: seen.startMs + 200 })) };
    assert.equal(deriveNarrative(later, [edit]).effective.events[0]?.description, 'Bursts in.');
    assert.deepEqual(deriveNarrative(told, [{ ...edit, state: 'UNDONE' }]).effective, base);
    const gone = { ...told, appearances: told.appearances.slice(0, 1) };
    assert.equal(deriveNarrative(gone, [edit]).edits[0]?.state, 'ORPHANED');
  });
});

describe('somebody alone', () => {
  const alone = { who: 1, startMs: 1_000, endMs: 10_000 };

  it('is the only one who is seen in a scene', () => {
    const narrative = filmOf([alone, { who: 1, startMs: 10_000, endMs: 18_000 }]);
    assert.deepEqual(found(narrative), [['ALONE', idOf(1), 1_000, 18_000]]);
    assert.equal(narrative.events[0]?.description, 'Nobody else is seen in the scene.');
    assert.deepEqual(narrative.events[0]?.shotIds, ['episode:film:shot:0000000', 'episode:film:shot:0010000']);
    assert.equal(narrative.events[0]?.provenance.confidence, 0.6);
  });

  it('is nobody who is only shown alone: in a talk, each is', () => {
    assert.deepEqual(found(filmOf([alone, { who: 2, startMs: 10_000, endMs: 20_000 }])), []);
  });

  it('is who is there before all others come in, and after all have left', () => {
    const visit: Sight = { who: 2, startMs: 12_000, endMs: 17_000, entersFrom: 'LEFT', leavesTo: 'LEFT' };
    const all = [alone, { who: 1, startMs: 10_000, endMs: 20_000 }, visit, { who: 1, startMs: 20_000, endMs: 30_000 }];
    const stretches = found(filmOf(all)).filter(([type]) => type === 'ALONE');
    assert.deepEqual(stretches, [
      ['ALONE', idOf(1), 1_000, 12_000],
      ['ALONE', idOf(1), 17_000, 30_000],
    ]);
    const third = filmOf([...all, { who: 3, startMs: 14_000, endMs: 15_000 }]);
    assert.ok(
      found(third).every(([type]) => type !== 'ALONE'),
      'a third was there, who knows how long',
    );
  });

  it('is nobody where somebody is seen from behind, heard, spoken to, or seldom seen, nor for a moment', () => {
    const none = (narrative: Narrative) => assert.deepEqual(found(narrative), []);
    const object = {
      ...{ id: 'behind', kind: 'StoryObject' as const, name: 'person', shotId: 'episode:film:shot:0000000' },
      ...{ episodeId: 'episode:film', provenance },
    };
    none(filmOf([alone], { objects: [object] }));
    const cues = [{ startMs: 2_000, endMs: 3_000, text: 'Who is there?', speakerTag: 'Zoe' }];
    none(filmOf([alone], {}, { cues, people: [{}, { name: 'Zoe' }] }));
    const self = filmOf([alone], {}, { cues, people: [{ name: 'Zoe' }, {}] });
    assert.equal(found(self).length, 1, 'who talks to nobody is alone');
    const addressed = self.events.map((event) => (event.type === 'LINE' ? { ...event, targetIds: [idOf(2)] } : event));
    none(analysePresence({ ...self, events: addressed }));
    none(
      filmOf([
        { who: 1, startMs: 0, endMs: 2_000 },
        { who: 1, startMs: 26_000, endMs: 28_000 },
      ]),
    );
    none(filmOf([{ who: 1, startMs: 0, endMs: 4_000 }]));
  });
});

describe('the presence analysis', () => {
  it('keeps any narrative valid, changes nothing the second time, and does not care for the order of sights', () => {
    fc.assert(
      fc.property(narratives, (narrative) => {
        const once = analysePresence(narrative);
        assert.deepEqual(findProblems(once), []);
        assert.deepEqual(analysePresence(once), once);
        const turned = { ...narrative, appearances: narrative.appearances.toReversed() };
        assert.deepEqual(analysePresence(turned).scenes, once.scenes);
        assert.deepEqual(analysePresence(turned).events, once.events);
      }),
      { numRuns: 60 },
    );
  });

  it('after any merge, says of each scene the union of who was there; undone, what it said before', () => {
    const films = fc.tuple(sights, sightings).map(([seen, how]) => castFilm({ episodeId: 'film', sights: seen }, how));
    fc.assert(
      fc.property(films, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (base, choices) => {
        const homes = new Map(
          base.persons.flatMap(({ id }, n) => {
            const home = base.persons[(choices[n] ?? 0) % (n + 1)]?.id ?? id;
            return home === id ? [] : [[id, home] as const];
          }),
        );
        const roots = new Map([...homes].filter(([, home]) => !homes.has(home)));
        const { effective } = deriveNarrative(base, [], merged(base, roots));
        assert.deepEqual(findProblems(effective), []);
        for (const [n, scene] of effective.scenes.entries()) {
          const before = analysePresence(base).scenes[n]?.personIds ?? [];
          assert.deepEqual(new Set(scene.personIds), new Set(before.map((id) => roots.get(id) ?? id)));
        }
        assert.deepEqual(deriveNarrative(base, [], merged(base, new Map())).effective, analysePresence(base));
      }),
      { numRuns: 100 },
    );
  });
});
