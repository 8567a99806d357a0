/** Analyses a film as the command does, keeping what each stage found. */
import { join } from 'node:path';
import { openArtifacts } from '../../workers/artifacts.js';
import type { Findings } from '../../workers/findings.js';
import { openFilm } from '../../workers/media/film.js';
import type { ModelHost } from '../../workers/models/host.js';
import { openPictures } from '../../workers/pictures.js';
import { pipeline } from '../../workers/pipeline.js';
import { runStages } from '../../workers/run-stages.js';

export async function findingsOf(path: string, folder: string, models: ModelHost): Promise<Findings> {
  const artifacts = openArtifacts(join(folder, 'artifacts'));
  const signal = new AbortController().signal;
  const film = await openFilm(path, artifacts, signal);
  const pictures = openPictures(join(folder, 'pictures'));
  const log = { info() {}, warn: (fields: object, message: string) => console.error(message, fields) };
  const context = { film, settings: {}, models, pictures, modelsFolder: join(folder, 'models'), log };
  return runStages({ stages: pipeline, artifacts, context, signal, onProgress() {} });
}
