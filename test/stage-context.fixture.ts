import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModelHost } from '../workers/models/child-host.js';
import { openPictures } from '../workers/pictures.js';
import type { AnalysisSettings, StageContext } from '../workers/stage.js';

/** What a stage is given when it is run by itself; `close()` ends its models. The scratch folder is the caller's. */
export async function openStageContext(
  path: string,
  settings: AnalysisSettings = {},
): Promise<StageContext & { readonly scratch: string; readonly warnings: string[]; close(): Promise<void> }> {
  const scratch = await mkdtemp(join(tmpdir(), 'fabula-stage-'));
  const warnings: string[] = [];
  const log = { info: () => {}, warn: (_: object, message: string) => void warnings.push(message) };
  const models = openModelHost({ log });
  return {
    film: { path, sha256: '0'.repeat(64) },
    settings,
    models,
    pictures: openPictures(join(scratch, 'pictures')),
    scratch,
    modelsFolder: join(scratch, 'models'),
    signal: new AbortController().signal,
    progress: () => {},
    log,
    warnings,
    close: () => models.close(),
  };
}
