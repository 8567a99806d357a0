import type { Services } from '../../resolvers/context.js';
import { removeReleasedFiles, type Workshop } from '../../workers/analyze.js';
import { languageModelJudge } from '../../workers/llm/judge.js';
import { openJobQueue } from '../../workers/queue/ask-jobs.js';
import type { JobCarrier } from '../../workers/queue/queue.js';
import type { Config } from './config.js';
import { surveyInstallation } from './installation.js';
import { mediaUrls } from './media-urls.js';
import { foldersOf } from './open.js';

/** What the API works with, over an open workshop. */
export const servicesOver = (workshop: Workshop, config: Config, carrier: JobCarrier): Services => ({
  store: workshop.store,
  queue: openJobQueue(workshop, carrier),
  news: carrier.news,
  urls: mediaUrls,
  installation: surveyInstallation(config, async () => workshop.store),
  modelJudge: config.llm && languageModelJudge(config.llm, foldersOf(config.home).judgements),
  sweepFiles: () => removeReleasedFiles(workshop),
});
