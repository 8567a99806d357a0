/** Runs the probe and the shots stage alone; prints each film's boundaries in seconds: what `shots.bench.ts` measures. */

import type { StageContext } from '../workers/stage.js';
import { probeStage } from '../workers/stages/probe.js';
import { shotsStage } from '../workers/stages/shots.js';

for (const path of process.argv.slice(2)) {
  const context = {
    film: { path, sha256: '' },
    settings: {},
    signal: new AbortController().signal,
    progress: () => {},
  } as unknown as StageContext;
  const probe = await probeStage.run(context, {});
  const { shots } = await shotsStage.run(context, { probe });
  console.log(
    shots
      .slice(1)
      .map(({ startMs }) => startMs / 1000)
      .join(' '),
  );
}
