/** Persons who are seen, where they appear, their faces for matching, and things, as nodes. Pure. */
import type { Appearance } from '../../schema/appearance.js';
import type { IdentityEmbedding } from '../../schema/identity-embedding.js';
import type { Narrative } from '../../schema/narrative.js';
import type { Person } from '../../schema/person.js';
import type { Shot } from '../../schema/shot.js';
import { faceEmotion } from '../../src/narrative/emotion/face-emotion.js';
import { identityTracks } from '../detectors/identity/identity-track.js';
import { portraitScore } from '../detectors/identity/portrait-choice.js';
import { toUnitLength } from '../detectors/unit-vector.js';
import type { Findings } from '../findings.js';
import type { FaceReading, FaceTrack, FoundPerson } from '../people-findings.js';
import { frameCrossings } from './frame-crossings.js';
import { known, type NodeMaker } from './node-maker.js';
import { makeThings, makeUnknownFaces } from './things.js';

/** A reading that tells more of the person is preferred to a slightly better portrait. */
const poseWorth = 0.15;
const expressionWorth = 0.15;
/** Digits of an embedding's numbers: its model is not surer. */
const embeddingDigits = 4;

export type PeopleNodes = Pick<Narrative, 'persons' | 'appearances' | 'embeddings' | 'objects'>;

/** Nodes of all that the people and persons stages found; `shotAt` gives the shot that runs at a moment. */
export function makePeople(
  { people, persons }: Pick<Findings, 'people' | 'persons'>,
  shotAt: (atMs: number) => Shot,
  make: NodeMaker,
): PeopleNodes {
  const nodes = persons.persons.map((found) => {
    const tracks = found.tracks.flatMap((track) => people.tracks[track] ?? []);
    const person = makePerson(found, tracks, make);
    return { found, person, byShot: byShotOf(tracks, shotAt) };
  });
  const inShot = byShotOf(people.tracks, shotAt);
  const appearances = nodes.flatMap(({ found, person, byShot }) =>
    [...byShot].flatMap(([shot, tracks]) => {
      const others = (inShot.get(shot) ?? []).filter((track) => !tracks.includes(track));
      return makeAppearance(found, person, shot, { tracks, others }, make) ?? [];
    }),
  );
  return {
    persons: nodes.map(({ person }) => person),
    appearances: appearances.map(({ appearance }) => appearance).toSorted((a, b) => a.startMs - b.startMs),
    embeddings: appearances.flatMap(({ appearance, tracks }) =>
      makeEmbedding(appearance, tracks, people.models.identity, make),
    ),
    objects: [
      ...makeThings(people.figures, shotAt, make),
      ...makeUnknownFaces(
        persons.unassigned.flatMap((track) => people.tracks[track] ?? []),
        shotAt,
        make,
      ),
    ],
  };
}

function byShotOf(tracks: readonly FaceTrack[], shotAt: (atMs: number) => Shot): Map<Shot, FaceTrack[]> {
  const byShot = new Map<Shot, FaceTrack[]>();
  for (const track of tracks) {
    const shot = shotAt(track.shotStartMs);
    byShot.set(shot, [...(byShot.get(shot) ?? []), track]);
  }
  return byShot;
}

function makePerson(found: FoundPerson, tracks: readonly FaceTrack[], make: NodeMaker): Person {
  const startMs = Math.min(...tracks.map((track) => track.startMs));
  const { provenance, ...head } = make('Person', 'persons', startMs, found);
  return known<Person>({
    ...head,
    provenance: { ...provenance, fields: [...found.fields] },
    aliases: [],
    provisional: true,
    gender: found.gender,
    ageRange: found.ageRange,
    portraitId: found.portraitId,
    screenTimeMs: tracks.reduce((sum, track) => sum + track.endMs - track.startMs, 0),
    lineCount: 0,
  });
}

/** The person in one shot, told by the reading that shows most; nothing where the shot's cut leaves no time. */
function makeAppearance(
  found: FoundPerson,
  person: Person,
  shot: Shot,
  { tracks, others }: { readonly tracks: readonly FaceTrack[]; readonly others: readonly FaceTrack[] },
  make: NodeMaker,
): { readonly appearance: Appearance; readonly tracks: readonly FaceTrack[] } | undefined {
  const startMs = Math.max(shot.startMs, Math.min(...tracks.map((track) => track.startMs)));
  const endMs = Math.min(shot.endMs, Math.max(...tracks.map((track) => track.endMs)));
  const reading = bestReading(tracks.flatMap(({ readings }) => readings));
  if (startMs >= endMs || !reading) return undefined;
  const emotion = reading.expressions && faceEmotion(reading.expressions);
  const evidence = tracks.map((track) => ({ startMs: track.startMs, endMs: track.endMs }));
  const { provenance, ...head } = make('Appearance', 'persons', startMs, { confidence: found.confidence, evidence });
  const appearance = known<Appearance>({
    ...head,
    provenance: {
      ...provenance,
      fields: [
        { field: 'faceBox', by: 'people', confidence: Math.max(...tracks.map(({ confidence }) => confidence)) },
        ...(emotion
          ? ['emotion', 'expression', 'vad'].map((field) => ({ field, by: 'people', confidence: emotion.confidence }))
          : []),
      ],
    },
    personId: person.id,
    shotId: shot.id,
    startMs,
    endMs,
    atMs: Math.max(startMs, Math.min(endMs - 1, reading.atMs)),
    faceBox: reading.box,
    headAngles: reading.angles && { ...reading.angles },
    pose: reading.pose?.map((joint) => ({ ...joint })),
    emotion: emotion?.emotion,
    expression: emotion?.expression,
    vad: emotion?.vad,
    ...frameCrossings(tracks, others, shot),
  });
  return { appearance, tracks };
}

function bestReading(readings: readonly FaceReading[]): FaceReading | undefined {
  const worth = (reading: FaceReading) =>
    portraitScore(reading) + (reading.pose ? poseWorth : 0) + (reading.expressions ? expressionWorth : 0);
  const [first, ...rest] = readings;
  return first && rest.reduce((best, next) => (worth(next) > worth(best) ? next : best), first);
}

/** The mean of the shot's faces; `by` and `version` name the model, since vectors of two models cannot be compared. */
function makeEmbedding(
  appearance: Appearance,
  tracks: readonly FaceTrack[],
  model: { readonly name: string; readonly version: string },
  make: NodeMaker,
): IdentityEmbedding[] {
  const faces = identityTracks(tracks);
  const [best] = faces.toSorted((a, b) => Number(b.clear) - Number(a.clear) || b.readings - a.readings);
  if (!best) return [];
  const { startMs, endMs } = best;
  const confidence = Number((appearance.provenance.confidence * (best.clear ? 1 : 0.6)).toFixed(2));
  const { provenance, ...head } = make('IdentityEmbedding', 'people', appearance.startMs, {
    confidence,
    evidence: [{ startMs, endMs, nodeId: appearance.id }],
  });
  const vector = [...toUnitLength(best.mean)].map((value) => Number(value.toFixed(embeddingDigits)));
  return [
    {
      ...head,
      provenance: { ...provenance, by: model.name, version: model.version },
      appearanceId: appearance.id,
      vector,
    },
  ];
}
