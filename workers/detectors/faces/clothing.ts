/**
 * The colours of what somebody wears, from the chest under the face. Clothes tell people apart for as long as nobody
 * changes: within a scene (Sivic, Zitnick & Szeliski 2006). Hair was tried too and told nothing: too much of what is
 * above a forehead is background. Pure.
 */
import type { PixelBox } from '../pixel-box.js';
import type { RgbPicture } from '../rgb-picture.js';

/** The chest below collar and beard, in heights of the face from its upper edge, and to both sides of its middle. */
const chest = { fromY: 1.35, toY: 2.3, halfWidth: 0.65 };

/** Bins: luma, then both chroma differences, which films hardly ever use past this. */
const lumaBins = 4;
const chromaBins = 6;
const mostChroma = 60;
/** Samples across the chest and down. */
const samples = { across: 16, down: 12 };
/** Where less than this of the chest can be seen, nothing is known. */
const leastSeen = 0.6;
/** Darker than any film's own black: the bars of a letterbox. */
const barLevel = 6;

/** Shares of colours that add up to 1; undefined where the picture, or a bar, cuts the chest off. */
export function clothingColours({ rgb, width, height }: RgbPicture, face: PixelBox): Float32Array | undefined {
  const colours = new Float32Array(lumaBins * chromaBins * chromaBins);
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

/** Between two bins a colour counts for both, so that a little more light changes little. */
function addColour(colours: Float32Array, red: number, green: number, blue: number): void {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  const chroma = (difference: number) => bin((difference + mostChroma) / (2 * mostChroma), chromaBins);
  const [bright, blueness, redness] = [
    bin(luma / 255, lumaBins),
    chroma((blue - luma) * 0.564),
    chroma((red - luma) * 0.713),
  ];
  for (const [l, shareL] of bright)
    for (const [b, shareB] of blueness)
      for (const [r, shareR] of redness) {
        const at = (l * chromaBins + b) * chromaBins + r;
        colours[at] = (colours[at] ?? 0) + shareL * shareB * shareR;
      }
}

/** The two bins whose middles lie about a value of 0…1, with their shares. */
function bin(value: number, bins: number): [number, number][] {
  const place = Math.max(0, Math.min(bins - 1, value * bins - 0.5));
  const low = Math.min(bins - 2, Math.floor(place));
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
