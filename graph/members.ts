/** What linking and casting need to know of the persons of one analysis. Pure, and kept by the store beside the base. */
import type { Appearance } from '../schema/appearance.js';
import type { EditMoment } from '../schema/edit-person.js';
import type { Event } from '../schema/event.js';
import type { Narrative } from '../schema/narrative.js';

export type Moment = EditMoment;

/** A person as the analysis of one episode found it. */
export interface Member {
  readonly episodeId: string;
  readonly personId: string;
  readonly name?: string;
  /** The name and the aliases. */
  readonly names: readonly string[];
  readonly screenTimeMs: number;
  /** Appearances, and the events in which it speaks or acts, in order of time. */
  readonly moments: readonly Moment[];
}

/** A reading of a face. Vectors of different models cannot be compared. */
export interface Face {
  readonly appearanceId: string;
  readonly model: string;
  /** The vector as the base64 of int8, its largest number being ±127: direction is all that counts. */
  readonly vector: string;
}

/** Person → its best readings. */
export type Faces = Readonly<Record<string, readonly Face[]>>;

/** Most readings of a person that are kept for matching. */
const mostFaces = 8;

export function membersOf({ persons, appearances, events }: Narrative): Member[] {
  const moments = new Map<string, Moment[]>(persons.map(({ id }) => [id, []]));
  for (const seen of appearances) moments.get(seen.personId)?.push(momentOf(seen));
  for (const event of events) if (event.personId) moments.get(event.personId)?.push(momentOf(event));
  return persons.map(({ id, episodeId, name, aliases, screenTimeMs }) => ({
    episodeId,
    personId: id,
    ...(name?.trim() && { name }),
    names: [...(name ? [name] : []), ...aliases].filter((known) => known.trim()),
    screenTimeMs,
    moments: (moments.get(id) ?? []).toSorted((a, b) => a.startMs - b.startMs || (a.nodeId < b.nodeId ? -1 : 1)),
  }));
}

/** An appearance or event as a moment of its person. */
export function momentOf(node: Appearance | Event): Moment {
  const { id: nodeId, kind, startMs, endMs } = node;
  const faceBox = kind === 'Appearance' ? (node as Appearance).faceBox : undefined;
  return { nodeId, kind, startMs, endMs, ...(faceBox && { faceBox }) };
}

/** The surest readings of each person, from as many appearances as there are. */
export function facesOf({ appearances, embeddings }: Narrative): Faces {
  const personOf = new Map(appearances.map(({ id, personId }) => [id, personId]));
  const rounds = new Map<string, number>();
  const readings = new Map<string, { round: number; face: Face }[]>();
  for (const { appearanceId, vector, provenance } of embeddings.toSorted(
    (a, b) => b.provenance.confidence - a.provenance.confidence || (a.id < b.id ? -1 : 1),
  )) {
    const person = personOf.get(appearanceId);
    if (person === undefined || vector.length === 0) continue;
    const round = rounds.get(appearanceId) ?? 0;
    rounds.set(appearanceId, round + 1);
    const face = { appearanceId, model: `${provenance.by} ${provenance.version}`, vector: packed(vector) };
    readings.set(person, [...(readings.get(person) ?? []), { round, face }]);
  }
  return Object.fromEntries(
    [...readings].map(([person, found]) => [
      person,
      found
        .toSorted((a, b) => a.round - b.round)
        .slice(0, mostFaces)
        .map(({ face }) => face),
    ]),
  );
}

function packed(vector: readonly number[]): string {
  const largest = vector.reduce((most, x) => Math.max(most, Math.abs(x)), Number.MIN_VALUE);
  return Buffer.from(Int8Array.from(vector, (x) => Math.round((x / largest) * 127)).buffer).toString('base64');
}

/** One form for names that differ in case, width or white space only. */
export const foldName = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
