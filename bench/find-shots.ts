import type { ShotsFinding } from '../workers/findings.js';
import type { StageContext } from '../workers/stage.js';
import { probeStage } from '../workers/stages/probe.js';
import { shotsStage } from '../workers/stages/shots.js';

/** What the shots stage finds in a film, with the probe and nothing else before it: no store, no models, no artifacts. */
export async function findShots(path: string): Promise<ShotsFinding> {
  const context = {
    film: { path, sha256: '' },
    settings: {},
    signal: new AbortController().signal,
    progress: () => {},
  } as unknown as StageContext;
  return shotsStage.run(context, { probe: await probeStage.run(context, {}) });
}

/** Where shots meet, in seconds. */
export const boundariesS = ({ shots }: ShotsFinding): number[] => shots.slice(1).map(({ startMs }) => startMs / 1000);
