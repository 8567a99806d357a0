import type { FaceReading, FaceTrack, FoundShot } from '../../findings.js';
import { type DetectedFace, type FacePoints, type ModelCalls, meshSidePx } from '../../models/host.js';
import { intersectionOverUnion } from '../non-maximum.js';
import type { PixelBox } from '../pixel-box.js';
import { cutSquare, onPicture, type RgbPicture, type TurnedSquare } from '../rgb-picture.js';
import { faceQuality } from './face-quality.js';
import { bodySquare, meshSquare } from './face-squares.js';
import { closeTrack, isBelieved, isLost, isSameFace, type OpenTrack, type SeenFace } from './face-track.js';
import { cameraDistanceCm, facePoints, headAngles, lipAperture, meshBox, meshOnPicture } from './mesh-reading.js';
import { packEmbedding, shareBox, sharePoint, sharePoints } from './reading-format.js';
import { frameStepSeconds, type PlannedFrame } from './sample-plan.js';

/** What the watch asks of the models. */
export interface FaceModels {
  find(picture: RgbPicture): Promise<readonly DetectedFace[]>;
  mesh(cut: RgbPicture): Promise<ModelCalls['faces.mesh']['out']>;
  /** Cuts the face out as its model wants it. */
  embed(picture: RgbPicture, points: FacePoints): Promise<ModelCalls['faces.embed']['out']>;
  expression(cut: RgbPicture): Promise<ModelCalls['faces.expression']['out']>;
  pose(cut: RgbPicture): Promise<ModelCalls['bodies.pose']['out']>;
}

/** The mesh says itself whether there is a face under it, 0…1; on film it says 0 or 1 and hardly anything between. */
const meshFits = 0.5;
/** The detector alone is believed from here on. */
const clearlyAFace = 0.8;
/** The detector is asked again after this long even if all faces were followed. */
const detectEveryMs = 950;
/** A face is described again after this long at the soonest, or the second long if it has hardly moved. */
const embedEveryMs = 950;
const embedStillEveryMs = 4000;
/** A head that turned by this, in radians, or moved by this share of its height has moved. */
const turned = 0.12;
const moved = 0.25;
const poseEveryMs = 1900;
/** Nothing can be read of a face lower than this. */
const leastHeightPx = 14;
const leastJointConfidence = 0.2;

/** Follows faces through each shot, frame by frame; `found` gets each believed track when it ends. */
export class FaceWatch {
  #shot: FoundShot | undefined;
  #open: OpenTrack[] = [];
  #detectedMs = Number.NEGATIVE_INFINITY;

  /** `scale`: pixels of the film as shown over pixels of the pictures that are watched. */
  constructor(
    private readonly models: FaceModels,
    private readonly scale: number,
    private readonly found: (track: FaceTrack) => void,
  ) {}

  /** Follows and looks for faces on the next planned frame; returns the boxes of those it sees. */
  async next(atMs: number, picture: RgbPicture, { shot, startsShot, look }: PlannedFrame): Promise<PixelBox[]> {
    if (startsShot) this.#cut(shot);
    this.#close((track) => isLost(track, atMs));
    await this.#follow(atMs, picture);
    const all = this.#open.every(({ lastMs }) => lastMs === atMs);
    if (look && (startsShot || !all || this.#open.length === 0 || atMs - this.#detectedMs >= detectEveryMs))
      await this.#detect(atMs, picture);
    const seen = this.#open.filter(({ lastMs }) => lastMs === atMs);
    for (const track of seen) track.readings.push(await this.#read(atMs, picture, track, look));
    return seen.map(({ last }) => last.box);
  }

  end(): void {
    this.#close(() => true);
  }

  #cut(shot: FoundShot): void {
    this.end();
    this.#shot = shot;
    this.#detectedMs = Number.NEGATIVE_INFINITY;
  }

  #close(isOver: (track: OpenTrack) => boolean): void {
    const shot = this.#shot;
    for (const track of this.#open.filter(isOver))
      if (shot && isBelieved(track)) this.found(closeTrack(track, shot, frameStepSeconds * 1000));
    this.#open = this.#open.filter((track) => !isOver(track));
  }

  /** Reads each face's mesh where it was last: cheaper by far than looking for it anew. */
  async #follow(atMs: number, picture: RgbPicture): Promise<void> {
    for (const track of this.#open) {
      const { last } = track;
      const seen = await this.#mesh(picture, meshSquare(last.box, last.points), last.score);
      if (!seen || !isSameFace(last.box, seen.box)) continue;
      // Two tracks that came to lie on one face are one.
      if (this.#open.some((other) => other !== track && other.lastMs === atMs && isSameFace(other.last.box, seen.box)))
        continue;
      this.#see(track, atMs, seen);
    }
  }

  async #detect(atMs: number, picture: RgbPicture): Promise<void> {
    this.#detectedMs = atMs;
    for (const face of await this.models.find(picture)) {
      if (face.box.height < leastHeightPx / 1.3) continue;
      const known = this.#open.find(({ last, lastMs }) => lastMs === atMs && covers(last.box, face.box));
      if (known) {
        known.sightings++;
        known.bestScore = Math.max(known.bestScore, face.score);
        known.last = { ...known.last, score: face.score };
        continue;
      }
      const square = meshSquare(face.box, face.points);
      const bare = face.score >= clearlyAFace ? { ...face, square } : undefined;
      const seen = (await this.#mesh(picture, square, face.score)) ?? bare;
      if (!seen || this.#open.some(({ last, lastMs }) => lastMs === atMs && covers(last.box, seen.box))) continue;
      const track = this.#open.find(({ last, lastMs }) => lastMs < atMs && isSameFace(last.box, seen.box));
      if (track) this.#see(track, atMs, seen);
      else this.#open.push(newTrack(atMs, seen));
      const sighted = track ?? this.#open.at(-1);
      if (sighted) {
        sighted.sightings++;
        sighted.bestScore = Math.max(sighted.bestScore, face.score);
      }
    }
  }

  async #mesh(picture: RgbPicture, square: TurnedSquare, score: number): Promise<SeenFace | undefined> {
    const { points, confidence } = await this.models.mesh(cutSquare(picture, square, meshSidePx));
    if (confidence < meshFits) return undefined;
    const mesh = meshOnPicture(points, square, meshSidePx);
    const box = meshBox(mesh);
    if (box.height < leastHeightPx || !isInside(box, picture)) return undefined;
    return { box, score, points: facePoints(mesh), square, mesh, angles: headAngles(mesh) };
  }

  #see(track: OpenTrack, atMs: number, seen: SeenFace): void {
    track.last = seen;
    track.lastMs = atMs;
    if (seen.mesh) track.fits++;
  }

  async #read(atMs: number, picture: RgbPicture, track: OpenTrack, look: boolean): Promise<FaceReading> {
    const { box, points, mesh, angles, score, square } = track.last;
    const cut = cutSquare(picture, square, meshSidePx);
    const heightPx = box.height * this.scale;
    const quality = faceQuality(cut, heightPx, angles);
    const reading: FaceReading = {
      atMs,
      box: shareBox(box, picture),
      points: sharePoints(points, picture),
      score: Number(score.toFixed(3)),
      quality,
      ...(angles && { angles: rounded(angles) }),
      ...(mesh && { distanceCm: Math.round(cameraDistanceCm(mesh, picture)) }),
      ...(mesh && quality.lipVisibility > 0 && { lipAperture: Number(lipAperture(mesh).toFixed(4)) }),
    };
    if (!look || !mesh || !angles) return reading;
    return {
      ...reading,
      ...(await this.models.expression(cut)),
      ...(isDueForEmbedding(track, atMs) && (await this.#embed(atMs, picture, track))),
      ...(atMs - (track.posedMs ?? Number.NEGATIVE_INFINITY) >= poseEveryMs && {
        pose: await this.#pose(atMs, picture, track),
      }),
    };
  }

  async #embed(atMs: number, picture: RgbPicture, track: OpenTrack) {
    const { points, angles = { yaw: 0, pitch: 0, roll: 0 }, box } = track.last;
    const { embedding, unsteadiness, female, age } = await this.models.embed(picture, points);
    track.embedded = { atMs, angles, box };
    return {
      embedding: packEmbedding(embedding),
      ...(unsteadiness !== undefined && { unsteadiness: Number(unsteadiness.toFixed(4)) }),
      ...(female !== undefined && { female: Number(female.toFixed(3)) }),
      ...(age !== undefined && { age: Number(age.toFixed(1)) }),
    };
  }

  async #pose(atMs: number, picture: RgbPicture, track: OpenTrack): Promise<FaceReading['pose']> {
    track.posedMs = atMs;
    const square = bodySquare(track.last.box);
    const cut = cutSquare(picture, square, meshSidePx);
    const { joints } = await this.models.pose(cut);
    return joints
      .map(({ joint, confidence, ...point }) => ({
        joint,
        ...sharePoint(onPicture(square, meshSidePx, point), picture),
        confidence: Number(confidence.toFixed(2)),
      }))
      .filter(({ x, y, confidence }) => confidence >= leastJointConfidence && x >= 0 && y >= 0 && x <= 1 && y <= 1);
  }
}

const newTrack = (atMs: number, last: SeenFace): OpenTrack => ({
  last,
  lastMs: atMs,
  startMs: atMs,
  fits: last.mesh ? 1 : 0,
  sightings: 0,
  bestScore: 0,
  readings: [],
});

function isDueForEmbedding({ embedded, last }: OpenTrack, atMs: number): boolean {
  if (!embedded) return true;
  const since = atMs - embedded.atMs;
  if (since < embedEveryMs) return false;
  const { yaw = 0, pitch = 0 } = last.angles ?? {};
  const hasTurned = Math.hypot(yaw - embedded.angles.yaw, pitch - embedded.angles.pitch) > turned;
  const away = Math.hypot(last.box.x - embedded.box.x, last.box.y - embedded.box.y) / last.box.height;
  return hasTurned || away > moved || since >= embedStillEveryMs;
}

/** Whether a detector's box (brows to chin) lies on a face that is known. */
const covers = (known: PixelBox, box: PixelBox) => intersectionOverUnion(known, box) > 0.15 || isSameFace(known, box);

/** Whether the middle of the box is on the picture. */
function isInside({ x, y, width, height }: PixelBox, picture: RgbPicture): boolean {
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  return middleX > 0 && middleY > 0 && middleX < picture.width && middleY < picture.height;
}

const rounded = ({ yaw, pitch, roll }: { yaw: number; pitch: number; roll: number }) => ({
  yaw: Number(yaw.toFixed(3)),
  pitch: Number(pitch.toFixed(3)),
  roll: Number(roll.toFixed(3)),
});
