import type { Services } from '../../resolvers/context.js';
import { removeReleasedFiles, type Workshop } from '../../workers/analyze.js';
import { openJobQueue } from '../../workers/queue/local.js';
import type { Config } from './config.js';
import { surveyInstallation } from './installation.js';
import { mediaUrls } from './media-urls.js';

/** What the API works with, over an open workshop. `onAsked` hears of every new job. */
export const servicesOver = (workshop: Workshop, config: Config, onAsked?: () => void): Services => ({
  store: workshop.store,
  queue: openJobQueue(workshop, onAsked),
  urls: mediaUrls,
  installation: surveyInstallation(config, async () => workshop.store),
  sweepFiles: () => removeReleasedFiles(workshop),
});
