import { join } from 'node:path';
import { openModelHost } from '../../workers/models/child-host.js';
import { findPulledModels } from '../../workers/models/pulled-models.js';
import type { Lookout } from '../../workers/pixelation/look-for-areas.js';
import type { Config } from './config.js';
import { openLog } from './log.js';
import { foldersOf } from './open.js';

/** The models that look for faces: pulled ones where they are, else the bundled ones. Must be closed. */
export async function openLookout(config: Config, signal: AbortSignal): Promise<Lookout & { close(): Promise<void> }> {
  const { models: folder } = foldersOf(config.home);
  const { FIND_FACES, FIND_OBJECTS } = await findPulledModels(folder);
  const models = openModelHost({ log: openLog(config) });
  return {
    models,
    pulled: {
      ...(FIND_FACES && { faces: join(folder, FIND_FACES.name) }),
      ...(FIND_OBJECTS && { objects: join(folder, FIND_OBJECTS.name) }),
    },
    signal,
    close: () => models.close(),
  };
}
