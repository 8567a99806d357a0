/** Who is in an episode, and the faces by which a user can check it: what a contact sheet shows, without pictures. */
import type { Appearance } from '../../schema/appearance.js';
import type { Box } from '../../schema/box.js';
import type { Character } from '../../schema/character.js';
import type { Narrative } from '../../schema/narrative.js';

/** An appearance that is less sure than this is marked. */
const doubtfulBelow = 0.5;

export interface WallLimits {
  /** Most faces of one character. */
  readonly facesEach: number;
  /** Most on the whole wall, as long as everybody has one. */
  readonly facesInAll: number;
}

/** Some 5 MB of pictures, which mails carry. */
export const wallLimits: WallLimits = { facesEach: 48, facesInAll: 1000 };

export interface FaceWall {
  readonly episodeId: string;
  readonly title: string;
  readonly durationMs: number;
  /** By screen time, longest first. */
  readonly characters: readonly CharacterFaces[];
  /** Faces whose person no character is linked to. */
  readonly nobodys: Faces;
  /** What the analysis says that it does not know of people. */
  readonly gaps: readonly { readonly missing: string; readonly remedy?: string }[];
}

export interface CharacterFaces extends Faces {
  readonly character: Character;
  readonly personIds: readonly string[];
  /** Nobody has named this character yet. */
  readonly isProvisional: boolean;
  readonly screenTimeMs: number;
  readonly lineCount: number;
  readonly shotCount: number;
  readonly portraitId?: string;
}

export interface Faces {
  /** In order of time. */
  readonly faces: readonly WallFace[];
  /** How many there are that are not shown. */
  readonly leftOut: number;
  /** How many are doubtful, shown or not. */
  readonly doubtful: number;
}

export interface WallFace {
  readonly appearanceId: string;
  readonly shotId: string;
  readonly shotOrdinal: number;
  readonly atMs: number;
  /** 0…1: the weaker of who it is and whether it is a face. */
  readonly confidence: number;
  readonly isDoubtful: boolean;
  readonly faceBox?: Box;
}

/**
 * Lays out the wall. `characterOf` says who a person is across the series; where two persons of the episode are one
 * character, they share a sheet.
 */
export function layFaceWall(
  narrative: Narrative,
  characterOf: (personId: string) => Character | undefined,
  limits: WallLimits = wallLimits,
): FaceWall {
  const { episode, persons, appearances } = narrative;
  const ordinals = new Map(narrative.shots.map(({ id, ordinal }) => [id, ordinal]));
  const facesOf = (isTheirs: (personId: string) => boolean) =>
    appearances
      .filter(({ personId }) => isTheirs(personId))
      .map((appearance) => faceOf(appearance, ordinals.get(appearance.shotId) ?? 0))
      .toSorted((a, b) => a.atMs - b.atMs || (a.appearanceId < b.appearanceId ? -1 : 1));
  const characters = new Map(persons.flatMap(({ id }) => characterOf(id) ?? []).map((found) => [found.id, found]));
  const all = [...characters.values()].map((character) => {
    const theirs = persons.filter(({ id }) => characterOf(id)?.id === character.id);
    const portraitId = character.portraitId ?? theirs.find((person) => person.portraitId)?.portraitId;
    const faces = facesOf((personId) => theirs.some(({ id }) => id === personId));
    return {
      character,
      personIds: theirs.map(({ id }) => id),
      isProvisional: theirs.every(({ provisional }) => provisional),
      screenTimeMs: theirs.reduce((sum, { screenTimeMs }) => sum + screenTimeMs, 0),
      lineCount: theirs.reduce((sum, { lineCount }) => sum + lineCount, 0),
      shotCount: new Set(faces.map(({ shotId }) => shotId)).size,
      ...(portraitId !== undefined && { portraitId }),
      faces,
    };
  });
  const nobodys = facesOf((personId) => characterOf(personId) === undefined);
  const most = fairShare([...all.map(({ faces }) => faces.length), nobodys.length], limits);
  const shown = (faces: readonly WallFace[]): Faces => {
    const chosen = chooseFaces(faces, most);
    const doubtful = faces.filter(({ isDoubtful }) => isDoubtful).length;
    return { faces: chosen, leftOut: faces.length - chosen.length, doubtful };
  };
  return {
    episodeId: episode.id,
    title: episode.title,
    durationMs: episode.durationMs,
    characters: all
      .map((one) => ({ ...one, ...shown(one.faces) }))
      .toSorted((a, b) => b.screenTimeMs - a.screenTimeMs || (a.character.id < b.character.id ? -1 : 1)),
    nobodys: shown(nobodys),
    gaps: episode.report.gaps.filter(({ stage }) => stage === 'people' || stage === 'persons'),
  };
}

function faceOf({ id, shotId, atMs, faceBox, provenance }: Appearance, shotOrdinal: number): WallFace {
  const ofBox = provenance.fields?.find(({ field }) => field === 'faceBox')?.confidence ?? 1;
  const confidence = Math.min(provenance.confidence, ofBox);
  const isDoubtful = confidence < doubtfulBelow;
  return { appearanceId: id, shotId, shotOrdinal, atMs, confidence, isDoubtful, ...(faceBox && { faceBox }) };
}

/** The most faces that each may have so that all together stay within the limits; one at least. */
function fairShare(counts: readonly number[], { facesEach, facesInAll }: WallLimits): number {
  let most = facesEach;
  while (most > 1 && counts.reduce((sum, count) => sum + Math.min(count, most), 0) > facesInAll) most--;
  return most;
}

/** At most so many, in their order: up to half of them the most doubtful ones, the rest evenly from all the film. */
export function chooseFaces(faces: readonly WallFace[], most: number): readonly WallFace[] {
  if (faces.length <= most) return faces;
  const worst = faces
    .filter(({ isDoubtful }) => isDoubtful)
    .toSorted((a, b) => a.confidence - b.confidence)
    .slice(0, Math.floor(most / 2));
  const chosen = new Set(worst);
  const rest = faces.filter((face) => !chosen.has(face));
  const places = most - chosen.size;
  for (let place = 0; place < places; place++) {
    const face = rest[Math.floor(((place + 0.5) * rest.length) / places)];
    if (face) chosen.add(face);
  }
  return faces.filter((face) => chosen.has(face));
}
