/** The shots of a planned film as the pipeline finds them in its encoded file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStageContext } from '../../test/stage-context.fixture.js';
import type { FoundShot } from '../../workers/findings.js';
import { probeStage } from '../../workers/stages/probe.js';
import { shotsStage } from '../../workers/stages/shots.js';
import type { FilmPlan } from './plan.js';
import { renderFilm } from './render.js';

export async function foundShots(plan: FilmPlan, dataFolder: string): Promise<readonly FoundShot[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fabula-scenes-'));
  const path = join(folder, 'film.mp4');
  const context = await openStageContext(path);
  try {
    await renderFilm(plan, { width: 320, height: 180 }, dataFolder, path);
    const probe = await probeStage.run(context, {});
    return (await shotsStage.run(context, { probe })).shots;
  } finally {
    await context.close();
    await rm(context.scratch, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}
