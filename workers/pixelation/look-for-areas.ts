/** Looks for everything on a picture that shows who somebody is: faces, heads without one, and text. */
import { findOnParts } from '../detectors/faces/face-finder.js';
import type { PixelBox } from '../detectors/pixel-box.js';
import { cutSquare, type Point, type RgbPicture } from '../detectors/rgb-picture.js';
import type { ModelHost } from '../models/host.js';
import type { HiddenArea } from './mosaic.js';

/** Models that look; without a folder, the bundled ones. */
export interface Lookout {
  readonly models: ModelHost;
  readonly pulled?: { readonly faces?: string | undefined; readonly objects?: string | undefined };
  readonly signal?: AbortSignal | undefined;
}

export interface LookFor {
  /** Small faces, and heads of people whose face is not found: slower. */
  readonly closely?: boolean;
  readonly text?: boolean;
}

/** In heights of the picture; windows and lattices are taken for larger letters. */
const highestText = 0.3;
/** A head is about so much of a standing body. */
const headShare = { width: 0.5, height: 0.2 };
/** From this height on, the picture's quarters are looked at besides. */
const leastForQuartersPx = 300;

/** Something that was found, and how surely it is what it is taken for: 0…1. */
export interface FoundArea extends HiddenArea {
  readonly score: number;
}

/**
 * What a detector is less sure of is left to whoever knows more of the moment. On labelled film, .3 finds all faces and
 * four times as many of nobody; on parts of the picture, where much looks like a face, more is asked for.
 */
const leastScore = { face: 0.3, onQuarters: 0.5, person: 0.4 };

/**
 * Everything that the detectors take for a face, even unsure: a mosaic too many costs little. MODEL_FAILED and
 * MODEL_MISSING: nobody may then take the picture for clean.
 */
export async function lookForAreas(
  picture: RgbPicture,
  { models, pulled, signal }: Lookout,
  wanted: LookFor = {},
): Promise<FoundArea[]> {
  const find = async (part: RgbPicture) =>
    (await models.call('faces.find', { ...part, folder: pulled?.faces }, signal)).faces;
  const finding = { find, mesh: (cut: RgbPicture) => models.call('faces.mesh', cut, signal) };
  const faces = [...(await find(picture)), ...(await findOnParts(finding, picture))]
    .filter(({ score }) => score >= leastScore.face)
    .map(({ box, score }) => ({ what: 'face' as const, box, score }));
  if (wanted.closely) {
    faces.push(...(await findOnQuarters(find, picture)));
    const { objects } = await models.call('objects.find', { ...picture, folder: pulled?.objects }, signal);
    const bodies = objects.filter(({ name, score }) => name === 'person' && score >= leastScore.person);
    const heads = bodies.flatMap(({ box }) => headOf(box, faces));
    faces.push(...heads.map((box) => ({ what: 'face' as const, box, score: 1 })));
  }
  const texts = wanted.text ? await findText(picture, models, signal) : [];
  return [...faces, ...texts.map((box) => ({ what: 'text' as const, box, score: 1 }))];
}

async function findOnQuarters(
  find: (part: RgbPicture) => Promise<readonly { readonly box: PixelBox; readonly score: number }[]>,
  picture: RgbPicture,
): Promise<(FoundArea & { readonly what: 'face' })[]> {
  const short = Math.min(picture.width, picture.height);
  if (short < leastForQuartersPx) return [];
  const side = Math.ceil(short * 0.6);
  const found: (FoundArea & { readonly what: 'face' })[] = [];
  for (const centre of centresOf(picture, side)) {
    const part = { centre, sidePx: side, angle: 0 };
    for (const { box, score } of await find(cutSquare(picture, part, side))) {
      if (score < leastScore.onQuarters) continue;
      const moved = { ...box, x: box.x + centre.x - side / 2, y: box.y + centre.y - side / 2 };
      found.push({ what: 'face', box: moved, score });
    }
  }
  return found;
}

/** Centres of overlapping squares that cover the picture. */
function centresOf({ width, height }: RgbPicture, side: number): Point[] {
  const along = (length: number) => {
    const count = Math.max(1, Math.ceil(length / (side * 0.75)));
    return Array.from({ length: count }, (_, n) => side / 2 + (count === 1 ? 0 : (n * (length - side)) / (count - 1)));
  };
  return along(height).flatMap((y) => along(width).map((x) => ({ x, y })));
}

/** Where the head of somebody is whose face nobody found: turned away, in profile, half hidden. */
function headOf(body: PixelBox, faces: readonly FoundArea[]): PixelBox[] {
  const inBody = ({ box: { x, y, width, height } }: FoundArea) =>
    x + width / 2 > body.x &&
    x + width / 2 < body.x + body.width &&
    y + height / 2 > body.y &&
    y + height / 2 < body.y + body.height;
  if (faces.some(inBody)) return [];
  const isWide = body.width > body.height;
  const size = isWide ? body.height * 0.4 : Math.max(body.height * headShare.height, body.width * headShare.width);
  return [{ x: body.x + body.width / 2 - size / 2, y: body.y, width: size, height: size }];
}

async function findText(picture: RgbPicture, models: ModelHost, signal?: AbortSignal): Promise<readonly PixelBox[]> {
  const { rgb, width, height } = picture;
  const luma = new Uint8Array(width * height);
  for (let at = 0; at < luma.length; at++)
    luma[at] = 0.299 * (rgb[at * 3] ?? 0) + 0.587 * (rgb[at * 3 + 1] ?? 0) + 0.114 * (rgb[at * 3 + 2] ?? 0);
  const { boxes } = await models.call('ocr.detect', { luma, width, height }, signal);
  return boxes.filter((box) => box.height < highestText * height);
}
