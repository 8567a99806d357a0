import type { FoundShot } from '../../findings.js';
import type { DetectedFace } from '../../models/host.js';
import type { FaceTrack } from '../../people-findings.js';
import { intersectionOverUnion } from '../non-maximum.js';
import type { PixelBox } from '../pixel-box.js';
import type { RgbPicture } from '../rgb-picture.js';
import { type FindingModels, findOnParts, leastFaceHeightPx, readDetected, readMesh } from './face-finder.js';
import { type ReadingModels, readFace } from './face-reader.js';
import { meshSquare } from './face-squares.js';
import { closeTrack, isBelieved, isLost, isSameFace, type OpenTrack, openTrack, sight } from './face-track.js';
import { PictureMemory } from './picture-memory.js';
import type { PlannedFrame } from './sample-plan.js';

/** The detector is asked again after this long even if all faces were followed. */
const detectEveryMs = 1350;
/** Where the picture has not changed since the detector saw it, only after this long. */
const detectStillEveryMs = 4000;
/** Where nobody is seen, parts of the picture are searched this often. */
const searchPartsEveryMs = 2400;
/** How sure the detector must be of a face, on the whole picture and on a part of it. */
const leastScore = 0.38;
const leastScoreOnParts = 0.45;
/** Without a mesh the detector's word is taken for a new face from here on, and for a known one in its place. */
const newWithoutMesh = 0.85;
const knownWithoutMesh = 0.5;

/** Follows faces through each shot, frame by frame; `found` gets each believed track when it ends. */
export class FaceWatch {
  #shot: FoundShot | undefined;
  #open: OpenTrack[] = [];
  #detectedMs = Number.NEGATIVE_INFINITY;
  #searchedPartsMs = Number.NEGATIVE_INFINITY;
  #frameMs = Number.NEGATIVE_INFINITY;
  readonly #detected = new PictureMemory();

  /** `scale`: pixels of the film as shown over pixels of the pictures that are watched. */
  constructor(
    private readonly models: FindingModels & ReadingModels,
    private readonly scale: number,
    private readonly found: (track: FaceTrack) => void,
  ) {}

  /** Follows and looks for faces on the next planned frame; returns the boxes of those it sees. */
  async next(atMs: number, picture: RgbPicture, { shot, startsShot, look }: PlannedFrame): Promise<PixelBox[]> {
    if (startsShot) this.#cut(shot);
    this.#close((track) => isLost(track, atMs));
    await this.#follow(atMs, picture);
    if (look && this.#isDueForDetection(atMs, picture)) await this.#detect(atMs, picture);
    this.#frameMs = atMs;
    const seen = this.#open.filter(({ lastMs }) => lastMs === atMs);
    for (const track of seen) {
      if (startsShot) track.startMs = shot.startMs;
      track.readings.push(await readFace(this.models, picture, this.scale, track, look));
    }
    return seen.map(({ last }) => last.box);
  }

  end(): void {
    this.#close(() => true);
  }

  #cut(shot: FoundShot): void {
    this.end();
    this.#shot = shot;
    this.#detectedMs = Number.NEGATIVE_INFINITY;
    this.#detected.forget();
    this.#searchedPartsMs = Number.NEGATIVE_INFINITY;
  }

  #close(isOver: (track: OpenTrack) => boolean): void {
    const shot = this.#shot;
    for (const track of this.#open.filter(isOver))
      if (shot && isBelieved(track)) this.found(closeTrack(track, shot, track.lastMs === this.#frameMs));
    this.#open = this.#open.filter((track) => !isOver(track));
  }

  /** Reads each face's mesh where it was last: cheaper by far than looking for it anew. */
  async #follow(atMs: number, picture: RgbPicture): Promise<void> {
    for (const track of this.#open) {
      const { last } = track;
      const seen = await readMesh(this.models, picture, meshSquare(last.box, last.points), last.score);
      // Two tracks that came to lie on one face are one.
      if (seen && isSameFace(last.box, seen.box) && !this.#isSeen(atMs, seen.box)) sight(track, atMs, seen);
    }
  }

  #isDueForDetection(atMs: number, picture: RgbPicture): boolean {
    const since = atMs - this.#detectedMs;
    const all = this.#open.every(({ lastMs }) => lastMs === atMs);
    if (since >= detectStillEveryMs || !all) return true;
    return (this.#open.length === 0 || since >= detectEveryMs) && !this.#detected.knows(picture);
  }

  async #detect(atMs: number, picture: RgbPicture): Promise<void> {
    this.#detectedMs = atMs;
    this.#detected.remember(picture);
    for (const face of await this.models.find(picture))
      if (face.score >= leastScore) await this.#take(atMs, picture, face);
    if (this.#open.some(({ lastMs }) => lastMs === atMs) || atMs - this.#searchedPartsMs < searchPartsEveryMs) return;
    this.#searchedPartsMs = atMs;
    for (const face of await findOnParts(this.models, picture))
      if (face.score >= leastScoreOnParts) await this.#take(atMs, picture, face);
  }

  /** Joins a detected face to the track it belongs to, or opens one, if it is a face. */
  async #take(atMs: number, picture: RgbPicture, face: DetectedFace): Promise<void> {
    if (face.box.height < leastFaceHeightPx / 1.3) return;
    const followed = this.#open.find(({ last, lastMs }) => lastMs === atMs && covers(last.box, face.box));
    if (followed) {
      followed.last = { ...followed.last, score: face.score };
      followed.scores.push(face.score);
      return;
    }
    const seen = await readDetected(this.models, picture, face);
    if (this.#isSeen(atMs, seen.box)) return;
    const known = this.#open.find(({ last, lastMs }) => lastMs < atMs && isSameFace(last.box, seen.box));
    if (!seen.mesh && face.score < (known ? knownWithoutMesh : newWithoutMesh)) return;
    const track = known ?? openTrack(atMs, seen);
    if (known) sight(known, atMs, seen);
    else this.#open.push(track);
    track.scores.push(face.score);
  }

  #isSeen(atMs: number, box: PixelBox): boolean {
    return this.#open.some(({ last, lastMs }) => lastMs === atMs && covers(last.box, box));
  }
}

/** Whether a detector's box (brows to chin) lies on a face that is known. */
const covers = (known: PixelBox, box: PixelBox) => intersectionOverUnion(known, box) > 0.15 || isSameFace(known, box);
