/** Which models the people stage asks: the bundled ones, each replaced by a pulled one where there is one. */
import { join } from 'node:path';
import type { FindingModels } from '../detectors/faces/face-finder.js';
import type { ReadingModels } from '../detectors/faces/face-reader.js';
import { alignedSquare } from '../detectors/faces/face-squares.js';
import { templateSidePx, templateSquare } from '../detectors/faces/template-square.js';
import { cutSquare } from '../detectors/rgb-picture.js';
import { alignedSidePx, bundledIdentity, type ModelHost } from '../models/host.js';
import type { PulledModels } from '../models/pulled-models.js';
import type { PeopleFinding } from '../people-findings.js';
import type { StageContext } from '../stage.js';

/** Their names and versions. */
export const modelsUsed = (pulled: PulledModels = {}): PeopleFinding['models'] => ({
  faces: pulled.FIND_FACES ?? { name: 'blazeface', version: '1' },
  identity: pulled.EMBED_FACE ?? bundledIdentity,
  objects: pulled.FIND_OBJECTS ?? { name: 'centernet', version: '1' },
});

/** Where the pulled ones lie. */
export function pulledFolders({ settings: { pulled = {} }, modelsFolder }: StageContext) {
  const folder = (model: { readonly name: string } | undefined) => model && join(modelsFolder, model.name);
  return {
    faces: folder(pulled.FIND_FACES),
    identity: folder(pulled.EMBED_FACE),
    objects: folder(pulled.FIND_OBJECTS),
  };
}

export type PulledFolders = ReturnType<typeof pulledFolders>;

/** What is asked of them about faces. */
export const faceModels = (
  models: ModelHost,
  { faces, identity }: PulledFolders,
  signal: AbortSignal,
): FindingModels & ReadingModels => ({
  find: async (picture) => (await models.call('faces.find', { ...picture, folder: faces }, signal)).faces,
  mesh: (cut) => models.call('faces.mesh', cut, signal),
  async embed(picture, points) {
    const aligned = cutSquare(picture, alignedSquare(points), alignedSidePx);
    const bundled = models.call('faces.embed', aligned, signal);
    if (identity === undefined) return bundled;
    // A pulled model tells who it is; a woman or a man, and how old, still the bundled one.
    const cut = cutSquare(picture, templateSquare(points), templateSidePx);
    const pulled = models.call('faces.embed', { ...cut, folder: identity }, signal);
    const [{ female, age }, { embedding, unsteadiness }] = await Promise.all([bundled, pulled]);
    return { embedding, unsteadiness, female, age };
  },
  expression: (cut) => models.call('faces.expression', cut, signal),
  pose: (cut) => models.call('bodies.pose', cut, signal),
});
