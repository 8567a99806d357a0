/**
 * The colours of what somebody wears, from the chest under the face. Clothes tell people apart for as long as nobody
 * changes: within a scene (Sivic, Zitnick & Szeliski 2006). Only chroma counts: with luma, one robe in two lights is as
 * far from itself as from another robe. Hair tells nothing: too much of what is above a forehead is background. Pure.
 */
import type { PixelBox } from '../pixel-box.js';
import type { RgbPicture } from '../rgb-picture.js';

/** The chest below collar and beard, in heights of the face from its upper edge, and to both sides of its middle. */
const chest = { fromY: 1.35, toY: 2.3, halfWidth: 0.65 };

/** Bins of each chroma difference, which films hardly ever use past this. */
const chromaBins = 8;
const mostChroma = 60;
/** Samples across the chest and down. */
const samples = { across: 16, down: 12 };
/** Where less than this of the chest can be seen, nothing is known. */
const leastSeen = 0.6;
/** Darker than any film's own black: the bars of a letterbox. */
const barLevel = 6;

/** Shares of colours that add up to 1; undefined where the picture, or a bar, cuts the chest off. */
export function clothingColours({ rgb, width, height }: RgbPicture, face: PixelBox): Float32Array | undefined {
  const colours = new Float32Array(chromaBins * chromaBins);
  const middle = face.x + face.width / 2;
  let seen = 0;
  for (let v = 0; v < samples.down; v++)
    for (let u = 0; u < samples.across; u++) {
      const right = ((2 * (u + 0.5)) / samples.across - 1) * chest.halfWidth;
      const down = chest.fromY + ((v + 0.5) / samples.down) * (chest.toY - chest.fromY);
      const [x, y] = [Math.floor(middle + right * face.height), Math.floor(face.y + down * face.height)];
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const at = (y * width + x) * 3;
      const [red = 0, green = 0, blue = 0] = [rgb[at], rgb[at + 1], rgb[at + 2]];
      if (Math.max(red, green, blue) < barLevel) continue;
      seen++;
      addColour(colours, red, green, blue);
    }
  if (seen < leastSeen * samples.across * samples.down) return undefined;
  return colours.map((share) => share / seen);
}

/** Between two bins a colour counts for both, so that a little less of it changes little. */
function addColour(colours: Float32Array, red: number, green: number, blue: number): void {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  for (const [b, shareB] of binsOf((blue - luma) * 0.564))
    for (const [r, shareR] of binsOf((red - luma) * 0.713)) {
      const at = b * chromaBins + r;
      colours[at] = (colours[at] ?? 0) + shareB * shareR;
    }
}

/** The two bins whose middles lie about a chroma difference, with their shares. */
function binsOf(difference: number): [number, number][] {
  const place = Math.max(0, Math.min(chromaBins - 1, ((difference / mostChroma + 1) / 2) * chromaBins - 0.5));
  const low = Math.min(chromaBins - 2, Math.floor(place));
  return [
    [low, 1 - (place - low)],
    [low + 1, place - low],
  ];
}

/** Shares as the base64 of bytes, of which the largest is 255. */
export function packColours(shares: Float32Array): string {
  const most = Math.max(...shares) || 1;
  return Buffer.from(Uint8Array.from(shares, (share) => Math.round((share / most) * 255))).toString('base64');
}

/** The shares again, adding up to 1. */
export function unpackColours(text: string): Float32Array {
  const bytes = Float32Array.from(Buffer.from(text, 'base64'));
  const total = bytes.reduce((sum, byte) => sum + byte, 0) || 1;
  return bytes.map((byte) => byte / total);
}
