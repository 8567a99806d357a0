/** Makes parts of a picture unreadable, for good: in the pixels themselves, by blocks that hold one colour each. */
import { grown, type PixelBox } from '../detectors/pixel-box.js';
import type { RgbPicture } from '../detectors/rgb-picture.js';
import type { PictureSize } from '../media/picture-size.js';

/** Blocks across a face: with so few, neither people nor models tell who it is (bench/pixelation.bench.ts). */
export const blocksAcross = 5;
/** Never finer than this, however small the face. */
const leastBlockPx = 4;
/** What belongs to a face beyond its box, which may end at the brows and the ears: hair, chin, a moment's movement. */
const margin = { x: 0.35, y: 0.45 };

/** Around text, in its heights: the detector's boxes end within the strokes. */
const textMargin = 0.55;

/** Something to hide: a face gets coarse blocks, text one colour. In pixels, and may reach over the picture's edges. */
export interface HiddenArea {
  readonly what: 'face' | 'text';
  readonly box: PixelBox;
}

/** Hides the areas in the picture that is given. */
export function hideAreas(picture: RgbPicture, areas: readonly HiddenArea[]): void {
  for (const { what, box } of areas) {
    if (what === 'face') coarsen(picture, grown(box, margin.x, margin.y, picture), blockFor(box));
    else coarsen(picture, grown(box, textMargin, textMargin, picture), Math.max(picture.width, picture.height));
  }
}

/** The whole picture, of which a face fills about half. */
export function hideAll(picture: RgbPicture): void {
  const { width, height } = picture;
  coarsen(picture, { x: 0, y: 0, width, height }, Math.ceil(Math.max(width, height) / (2 * blocksAcross)));
}

/**
 * Side of a block. The steps are coarse, so that a face that comes nearer by and by is not shown by ever new blocks.
 */
const blockFor = ({ width, height }: PixelBox): number => {
  const wanted = Math.max(leastBlockPx, Math.max(width, height) / blocksAcross);
  return Math.ceil(2 ** (Math.ceil(Math.log2(wanted) * 2) / 2));
};

/** Every block its mean. Blocks lie on a grid of the picture's own: a face that moves shows nothing between them. */
function coarsen({ rgb, width }: RgbPicture & PictureSize, box: PixelBox, blockPx: number): void {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const gridFrom = (at: number) => Math.floor(at / blockPx) * blockPx;
  for (let top = gridFrom(box.y); top < bottom; top += blockPx)
    for (let left = gridFrom(box.x); left < right; left += blockPx) {
      const [x0, x1] = [Math.max(box.x, left), Math.min(right, left + blockPx)];
      const [y0, y1] = [Math.max(box.y, top), Math.min(bottom, top + blockPx)];
      let [red, green, blue] = [0, 0, 0];
      for (let y = y0; y < y1; y++)
        for (let at = (y * width + x0) * 3, end = (y * width + x1) * 3; at < end; at += 3) {
          red += rgb[at] ?? 0;
          green += rgb[at + 1] ?? 0;
          blue += rgb[at + 2] ?? 0;
        }
      const count = Math.max(1, (x1 - x0) * (y1 - y0));
      const mean = [red / count, green / count, blue / count].map(Math.round);
      for (let y = y0; y < y1; y++)
        for (let at = (y * width + x0) * 3, end = (y * width + x1) * 3; at < end; at += 3) rgb.set(mean, at);
    }
}
