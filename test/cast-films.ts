/**
 * Films by who is in them: a plan says which actor is seen where and heard when; an analysis of it moves boundaries a
 * little and may take some moments for somebody else’s. So one film can be analysed well and badly.
 */
import fc from 'fast-check';
import type { Appearance } from '../schema/appearance.js';
import type { Event } from '../schema/event.js';
import type { IdentityEmbedding } from '../schema/identity-embedding.js';
import { emptyNarrative, type Narrative, nodeId } from '../schema/narrative.js';
import type { Person } from '../schema/person.js';
import type { Provenance } from '../schema/provenance.js';
import type { Relationship } from '../schema/relationship.js';
import type { RelationshipTurn } from '../schema/relationship-turn.js';

export interface Sight {
  readonly shot: number;
  /** Where they stand and what their face is like. */
  readonly actor: number;
  readonly isHeard: boolean;
}

export interface CastPlan {
  readonly episodeId: string;
  readonly seriesId?: string;
  readonly sights: readonly Sight[];
}

/** How an analysis sees a plan. */
export interface Sighting {
  /** How much later every sight begins, in milliseconds. */
  readonly lateMs: number;
  /** Sight → how far off the person is that it is taken for: 0 for the right one. */
  readonly mistaken: readonly number[];
  /** Name by person number. */
  readonly names: readonly (string | undefined)[];
}

export const actors = 4;
const shots = 5;
const shotMs = 2_000;

const sight = fc.record({ shot: fc.nat(shots - 1), actor: fc.nat(actors - 1), isHeard: fc.boolean() });
export const sights: fc.Arbitrary<readonly Sight[]> = fc.uniqueArray(sight, {
  minLength: 1,
  maxLength: 10,
  selector: ({ shot, actor }) => `${shot} ${actor}`,
});

export const sightings: fc.Arbitrary<Sighting> = fc.record({
  lateMs: fc.nat(200),
  mistaken: fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: 10, maxLength: 10 }),
  names: fc.array(fc.constantFrom(undefined, undefined, 'Mara', 'Theo', 'Zoe'), {
    minLength: actors,
    maxLength: actors,
  }),
});

export const wellSeen: Sighting = { lateMs: 0, mistaken: [], names: [] };

const provenance: Provenance = { by: 'test', version: '1', confidence: 0.9, evidence: [], otherReadings: [] };

export function castFilm({ episodeId, seriesId, sights: seen }: CastPlan, how: Sighting = wellSeen): Narrative {
  const common = (noun: string, startMs: number, twin = 1) => ({
    id: nodeId(episodeId, noun, startMs, twin),
    episodeId,
    provenance,
  });
  const durationMs = shots * shotMs;
  const episode = {
    ...{ id: episodeId, episodeId, kind: 'Episode' as const, provenance, source: 'FILM' as const, durationMs },
    ...{ title: episodeId, ...(seriesId && { seriesId }) },
    media: { root: 'films', path: 'film.mp4', sha256: `${seriesId} ${episodeId}` },
    report: { stages: [], gaps: [] },
  };
  const scene = { ...common('scene', 0), kind: 'Scene' as const, ordinal: 1, setting: 'INT' as const };
  const tracks = seen
    .map((one, n) => ({ ...one, person: (one.actor + (how.mistaken[n] ?? 0)) % actors }))
    .toSorted((a, b) => a.shot - b.shot || a.actor - b.actor)
    .map((one) => ({ ...one, startMs: one.shot * shotMs + how.lateMs, endMs: (one.shot + 1) * shotMs }));
  const numbers = [...new Set(tracks.map(({ person }) => person))];
  const persons = numbers.map((number, n): Person => {
    const own = tracks.filter(({ person }) => person === number);
    const name = how.names[number];
    return {
      ...common('person', own[0]!.startMs, n + 1),
      ...{ kind: 'Person', aliases: [], provisional: !name, ...(name && { name }) },
      screenTimeMs: new Set(own.map(({ shot }) => shot)).size * (shotMs - how.lateMs),
      lineCount: own.filter(({ isHeard }) => isHeard).length,
    };
  });
  const idOf = (number: number) => persons[numbers.indexOf(number)]!.id;
  const shotId = (shot: number) => nodeId(episodeId, 'shot', shot * shotMs);
  const appearances = tracks.map(
    ({ startMs, endMs, shot, person, actor }, n): Appearance => ({
      ...common('appearance', startMs, n + 1),
      ...{ kind: 'Appearance', personId: idOf(person), shotId: shotId(shot), startMs, endMs, atMs: startMs },
      faceBox: { x: actor * 0.25, y: 0.2, width: 0.2, height: 0.3 },
    }),
  );
  const embeddings = tracks.flatMap(({ actor }, n) =>
    [0, 1].map(
      (twin): IdentityEmbedding => ({
        ...common('identityembedding', tracks[n]!.startMs, n * 2 + twin + 1),
        ...{ kind: 'IdentityEmbedding', appearanceId: appearances[n]!.id },
        vector: Array.from({ length: actors }, (_, axis) => (axis === actor ? 1 : 0.05 * (twin + 1))),
      }),
    ),
  );
  const events = tracks
    .filter(({ isHeard }) => isHeard)
    .map(
      ({ startMs, endMs, shot, person }, n): Event => ({
        ...common('event', startMs, n + 1),
        ...{ kind: 'Event', ordinal: n + 1, type: 'LINE', startMs, endMs, sceneId: scene.id, shotIds: [shotId(shot)] },
        ...{ personId: idOf(person), targetIds: persons.map(({ id }) => id), dialogue: `line ${n}` },
      }),
    );
  const state = { relation: 'friends', polarity: 1, strength: 1 };
  const [first, second] = persons;
  const pair = { fromId: first!.id, toId: second?.id ?? '' };
  return {
    ...emptyNarrative(episode),
    scenes: [{ ...scene, startMs: 0, endMs: durationMs }],
    shots: Array.from({ length: shots }, (_, shot) => ({
      ...{ id: shotId(shot), kind: 'Shot' as const, episodeId, provenance, transition: 'CUT' as const },
      ...{ ordinal: shot + 1, sceneId: scene.id, startMs: shot * shotMs, endMs: (shot + 1) * shotMs },
      mainSubjectIds: tracks
        .filter((track) => track.shot === shot)
        .map(({ person }) => idOf(person))
        .slice(0, 1),
    })),
    persons,
    appearances,
    embeddings,
    events,
    relationships: [
      {
        ...{ ...common('relationship', 0), kind: 'Relationship', ...pair, startMs: 0, endMs: durationMs },
        ...{ relation: 'friends', polarity: 1, strength: 1, explicit: false },
      },
    ].filter(() => second) as Relationship[],
    turns: [
      {
        ...common('turn', 0),
        ...{ kind: 'RelationshipTurn', ...pair, atMs: 0, before: { ...state, relation: 'strangers' }, after: state },
        provenance: {
          ...provenance,
          evidence: [{ nodeId: nodeId(episodeId, 'relationship', 0) }, { nodeId: first!.id }],
        },
      },
    ].filter(() => second) as RelationshipTurn[],
  };
}
