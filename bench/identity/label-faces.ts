/** Reads the labelled faces of a film twice: as the model's package feeds it, and as we do. */

import { alignedSquare, meshSquare } from '../../workers/detectors/faces/face-squares.js';
import { facePoints, headAngles, meshBox, meshOnPicture } from '../../workers/detectors/faces/mesh-reading.js';
import { cutSquare, type RgbPicture } from '../../workers/detectors/rgb-picture.js';
import { readFrames } from '../../workers/media/frames.js';
import { alignedSidePx, type ModelHost, meshSidePx } from '../../workers/models/host.js';
import { isOn, type LabelledFilm } from './labels.js';
import { openPackageEmbedding } from './package-embedding.js';
import type { KnownFace } from './score.js';

export interface ReadFace {
  readonly before: KnownFace;
  readonly after: KnownFace;
  /** |yaw|, |pitch| < .35 rad and 48 px high. */
  readonly clear: boolean;
}

/** Faces of which a mesh fits; `shotAt` numbers the shots. */
export async function readLabelledFaces(
  path: string,
  size: { readonly width: number; readonly height: number },
  labels: LabelledFilm,
  models: ModelHost,
  shotAt: (atMs: number) => number,
): Promise<ReadFace[]> {
  const asPackaged = await openPackageEmbedding();
  const read: ReadFace[] = [];
  const wanted = new Map(labels.frames.map((frame) => [frame.atMs, frame.faces.filter(({ who }) => who !== '?')]));
  for await (const { atMs, pixels } of readFrames({ path, filter: 'null', ...size, pixelFormat: 'rgb24' })) {
    const faces = wanted.get(atMs);
    if (!faces || faces.length === 0) continue;
    const picture: RgbPicture = { rgb: Uint8Array.from(pixels), ...size };
    for (const found of (await models.call('faces.find', picture)).faces) {
      const square = meshSquare(found.box, found.points);
      const { points, confidence } = await models.call('faces.mesh', cutSquare(picture, square, meshSidePx));
      if (confidence < 0.5) continue;
      const mesh = meshOnPicture(points, square, meshSidePx);
      const box = meshBox(mesh);
      const share = {
        x: box.x / size.width,
        y: box.y / size.height,
        width: box.width / size.width,
        height: box.height / size.height,
      };
      const label = faces.find((face) => isOn(share, face.box));
      if (!label) continue;
      const cut = cutSquare(picture, alignedSquare(facePoints(mesh)), alignedSidePx);
      const { embedding } = await models.call('faces.embed', cut);
      const { yaw, pitch } = headAngles(mesh);
      const known = { who: label.who, shot: shotAt(atMs) };
      read.push({
        before: { ...known, vector: asPackaged(picture, box) },
        after: { ...known, vector: embedding },
        clear: Math.abs(yaw) < 0.35 && Math.abs(pitch) < 0.35 && box.height >= 48,
      });
    }
  }
  return read;
}
