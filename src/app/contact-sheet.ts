/** Puts an episode's contact sheet together: who is who from the graph, faces from the film or kept keyframes. */
import { readFile } from 'node:fs/promises';
import type { Store } from '../../graph/store.js';
import type { Character } from '../../schema/character.js';
import { FabulaError } from '../../schema/errors.js';
import type { Keyframe } from '../../schema/keyframe.js';
import type { Narrative } from '../../schema/narrative.js';
import { type CropRequest, cropFilm, cropPictures } from '../../workers/face-crops.js';
import { type HashMemory, openFilm } from '../../workers/media/film.js';
import { findFilm } from '../../workers/media/find-film.js';
import type { RemoteFilms } from '../../workers/media/remote/remote-films.js';
import type { MediaRoots } from '../../workers/media/roots.js';
import type { Pictures } from '../../workers/pictures.js';
import type { ContactSheet } from '../formats/contact-sheet/page.js';
import { layFaceWall, type WallFace } from '../narrative/face-wall.js';

export interface SheetSources {
  readonly store: Store;
  readonly pictures: Pictures;
  readonly hashes: HashMemory;
  readonly roots: MediaRoots;
  readonly remote: Pick<RemoteFilms, 'find'>;
}

/** A keyframe this near to a face's moment is taken for the same frame. */
const sameFrameMs = 20;

type Crops = Map<string, Uint8Array>;

/**
 * The sheet of an effective narrative. Where the film is not here, or cannot be read, keyframes stand in and a note
 * says so. FFMPEG_MISSING, CANCELLED.
 */
export async function gatherContactSheet(
  sources: SheetSources,
  narrative: Narrative,
  signal: AbortSignal,
): Promise<ContactSheet> {
  const personIds = narrative.persons.map(({ id }) => id);
  const characters = await sources.store.charactersOf(personIds);
  const linked = new Map(personIds.map((id, n) => [id, characters[n]]));
  const wall = layFaceWall(narrative, (personId) => linked.get(personId));
  const faces = [...wall.characters, wall.nobodys].flatMap((each) => each.faces);
  const crops: Crops = new Map();
  const notes = faces.length === 0 ? [] : await fromFilm(sources, narrative, faces, crops, signal);
  const left = faces.filter(({ appearanceId }) => !crops.has(appearanceId));
  const substitutes = new Set<string>();
  if (left.length > 0) notes.push(...(await fromKeyframes(sources, narrative, left, crops, substitutes, signal)));
  const portraits = await readPortraits(
    sources.pictures,
    wall.characters.map(({ character, portraitId }) => ({ character, portraitId })),
  );
  return { wall, crops, portraits, substitutes, notes };
}

/** Adds what the film shows; says why where it shows nothing. */
async function fromFilm(
  { hashes, roots, remote }: SheetSources,
  { episode: { media } }: Narrative,
  faces: readonly WallFace[],
  crops: Crops,
  signal: AbortSignal,
): Promise<string[]> {
  if (!media) return ['There is no film of this episode.'];
  try {
    const film = await openFilm(await findFilm(roots, remote, media), hashes, signal);
    if (film.sha256 !== media.sha256) return [`The film ${media.path} is not the one that was analysed any more.`];
    const wanted = faces.map(({ atMs, ...face }) => ({ atMs, ...requestFor(face) }));
    for await (const { id, jpeg } of cropFilm(film.path, wanted, signal)) crops.set(id, jpeg);
    return [];
  } catch (error) {
    return [`The film ${media.path} (media root “${media.root}”) cannot be shown. ${reasonOf(error)}`];
  }
}

/** Adds what kept keyframes show of the same shots: the face where the moment is the same, else most of the picture. */
async function fromKeyframes(
  { pictures }: SheetSources,
  { keyframes, episode: { width = 1280, height = 720 } }: Narrative,
  faces: readonly WallFace[],
  crops: Crops,
  substitutes: Set<string>,
  signal: AbortSignal,
): Promise<string[]> {
  const byImage = new Map<string, CropRequest[]>();
  for (const face of faces) {
    const keyframe = nearestKeyframe(keyframes, face);
    if (!keyframe) continue;
    const isSameFrame = Math.abs(keyframe.atMs - face.atMs) <= sameFrameMs;
    if (!isSameFrame) substitutes.add(face.appearanceId);
    const request = { ...requestFor(face), isElsewhen: !isSameFrame };
    byImage.set(keyframe.imageId, [...(byImage.get(keyframe.imageId) ?? []), request]);
  }
  const kept: { jpeg: Uint8Array; crops: CropRequest[] }[] = [];
  for (const [imageId, requests] of byImage) {
    const jpeg = await readPicture(pictures, imageId);
    if (jpeg) kept.push({ jpeg, crops: requests });
  }
  try {
    let count = 0;
    for await (const { id, jpeg } of cropPictures(kept, { width, height }, signal)) {
      crops.set(id, jpeg);
      count++;
    }
    const without = faces.length - count;
    return [
      ...(count > 0 ? [`${count} of the faces are shown by keyframes of their shots.`] : []),
      ...(without > 0 ? [`Of ${without} there is no picture.`] : []),
    ];
  } catch (error) {
    return [reasonOf(error)];
  }
}

function nearestKeyframe(keyframes: readonly Keyframe[], { shotId, atMs }: WallFace): Keyframe | undefined {
  const farness = (keyframe: Keyframe) => {
    const farMs = Math.abs(keyframe.atMs - atMs);
    // One that was turned down (black, blurred) only where it is the very frame, or there is no other.
    return farMs <= sameFrameMs || keyframe.valid ? farMs : Number.MAX_SAFE_INTEGER;
  };
  return keyframes.filter((keyframe) => keyframe.shotId === shotId).sort((a, b) => farness(a) - farness(b))[0];
}

async function readPortraits(
  pictures: Pictures,
  characters: readonly { readonly character: Character; readonly portraitId: string | undefined }[],
): Promise<Crops> {
  const portraits: Crops = new Map();
  for (const { character, portraitId } of characters) {
    const jpeg = portraitId === undefined ? undefined : await readPicture(pictures, portraitId);
    if (jpeg) portraits.set(character.id, jpeg);
  }
  return portraits;
}

async function readPicture(pictures: Pictures, imageId: string): Promise<Uint8Array | undefined> {
  const path = pictures.pathOf(imageId);
  return path === undefined
    ? undefined
    : readFile(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
}

const requestFor = ({ appearanceId, faceBox }: Pick<WallFace, 'appearanceId' | 'faceBox'>): CropRequest => ({
  id: appearanceId,
  ...(faceBox && { box: faceBox }),
});

/** Why a film or picture cannot be shown; whatever else is wrong is not for a note. */
function reasonOf(error: unknown): string {
  if (!(error instanceof FabulaError) || !/^(MEDIA_|FFMPEG_(FAILED|STALLED))/.test(error.code)) throw error;
  return [error.message, error.hint].filter(Boolean).join(' ');
}
