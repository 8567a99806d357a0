import { FabulaError } from '../../schema/errors.js';
import type { PictureSize } from '../media/picture-size.js';

/** How large a JPEG is, by its frame header. MEDIA_NO_PICTURE for what is none. */
export function jpegSize(jpeg: Uint8Array): PictureSize {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  for (let at = 2; at + 9 < jpeg.length && jpeg[0] === 0xff && jpeg[1] === 0xd8; ) {
    const [mark, kind] = [jpeg[at], jpeg[at + 1] ?? 0];
    if (mark !== 0xff) break;
    // Frames of all codings, but not their tables (C4, C8, CC).
    if (kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc)
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  throw new FabulaError('MEDIA_NO_PICTURE', 'A kept picture is damaged.', 'Analyse the film again.');
}
