/**
 * Scenes found in generated films whose scenes are known, beside other ways to group shots, all from the same shots:
 * the true ones of many films, then those that the pipeline finds in some encoded ones. Places are cut from real clips
 * and put under other light; some scenes are montages, some only change the light.
 *
 *     node dist/bench/scenes.bench.js [FILMS] [ENCODED_FILMS] [FIRST_SEED]
 */
import { existsSync } from 'node:fs';
import { groupShots } from '../workers/detectors/scenes/scenes.js';
import type { FoundCue, FoundShot } from '../workers/findings.js';
import { foundShots } from './scene-films/found-shots.js';
import { type GroupedFilm, scoreScenes } from './scene-films/measures.js';
import { everyShotAScene, optimalSequentialGrouping, scenesAtFades, uniformScenes } from './scene-films/peers.js';
import { type FilmPlan, type PlannedShot, planFilm } from './scene-films/plan.js';
import { trueShots } from './scene-films/true-shots.js';

const dataFolder = '../shared/data';
const [films = 60, encodedFilms = 12, firstSeed = 1] = process.argv.slice(2).map(Number);

type Grouper = (shots: readonly FoundShot[], cues: readonly FoundCue[], trueScenes: number) => number[];

const ours = (shots: readonly FoundShot[], cues: readonly FoundCue[]) =>
  groupShots(shots, cues, { speech: [] }).map((scene) => shots.findIndex(({ startMs }) => startMs === scene.startMs));

const groupers: Readonly<Record<string, Grouper>> = {
  fabula: ours,
  'fabula without cues': (shots) => ours(shots, []),
  'sequential grouping, true number': (shots, _, trueScenes) => optimalSequentialGrouping(shots, trueScenes),
  'at fades only': scenesAtFades,
  'uniform, true number': (shots, _, trueScenes) => uniformScenes(shots, trueScenes),
  'every shot a scene': everyShotAScene,
};

if (existsSync(dataFolder)) {
  await compare('true shots', films, trueShots);
  if (encodedFilms > 0) await compare('shots found in encoded files', encodedFilms, foundShots);
} else console.log(`Needs the clips of ${dataFolder}, which is not here.`);

/** Prints how every grouper does on the shots that `shotsOf` gives, and which boundaries ours finds. */
async function compare(
  name: string,
  count: number,
  shotsOf: (plan: FilmPlan, dataFolder: string) => Promise<readonly FoundShot[]>,
): Promise<void> {
  const before = process.cpuUsage();
  const plans = Array.from({ length: count }, (_, index) => planFilm(firstSeed + index));
  const grouped = new Map<string, GroupedFilm[]>(Object.keys(groupers).map((grouper) => [grouper, []]));
  const kinds = new Map<string, { there: number; found: number }>();
  for (const plan of plans) {
    const shots = await shotsOf(plan, dataFolder);
    const truth = plan.shots.flatMap(({ scene }, index) => (scene ? [index] : []));
    for (const [grouper, group] of Object.entries(groupers)) {
      const starts = group(shots, plan.cues, truth.length).map((index) => shots[index]?.startMs ?? 0);
      const found = [...new Set(starts.map((startMs) => nearestShot(plan, startMs)))].toSorted((a, b) => a - b);
      grouped.get(grouper)?.push({ shots: plan.shots.length, truth, found });
      if (group === ours) countKinds(kinds, plan, found);
    }
  }
  const scenes = plans.reduce((sum, { sceneStartsMs }) => sum + sceneStartsMs.length, 0);
  console.log(
    `${name}: ${count} films, ${scenes} scenes, ${plans.reduce((sum, { shots }) => sum + shots.length, 0)} shots`,
  );
  console.table(Object.fromEntries([...grouped].map(([grouper, all]) => [grouper, rowOf(all)])));
  console.table(Object.fromEntries([...kinds].toSorted()));
  const cpu = process.cpuUsage(before);
  console.log(`${((cpu.user + cpu.system) / 1e6).toFixed(1)} CPU s in this process, making the films included\n`);
}

function rowOf(all: readonly GroupedFilm[]): Readonly<Record<string, number>> {
  const { f1, f1WithinOneShot, coverage, overflow } = scoreScenes(all);
  const scores = { F1: f1, 'F1 ± 1 shot': f1WithinOneShot, coverage, overflow };
  const rounded = Object.entries(scores).map(([score, value]) => [score, Number(value.toFixed(3))]);
  return { scenes: all.reduce((sum, { found }) => sum + found.length, 0), ...Object.fromEntries(rounded) };
}

/** The true shot that starts nearest to a moment. */
function nearestShot({ shotTimesMs, shots }: FilmPlan, atMs: number): number {
  const away = shotTimesMs.slice(0, shots.length).map((startMs) => Math.abs(startMs - atMs));
  return away.indexOf(Math.min(...away));
}

/** Adds to each kind of true boundary how many there are and how many were found. */
function countKinds(kinds: Map<string, { there: number; found: number }>, plan: FilmPlan, found: readonly number[]) {
  let before: Scene | undefined;
  for (const [index, { scene, transition }] of plan.shots.entries()) {
    if (!scene) continue;
    const after = { ...scene, transition };
    if (before) {
      const name = kindOf(before, after);
      const kind = kinds.get(name) ?? { there: 0, found: 0 };
      kinds.set(name, { there: kind.there + 1, found: kind.found + (found.includes(index) ? 1 : 0) });
    }
    before = after;
  }
}

type Scene = NonNullable<PlannedShot['scene']> & Pick<PlannedShot, 'transition'>;

function kindOf(before: Scene, after: Scene): string {
  if (before.pattern === 'MONTAGE' || after.pattern === 'MONTAGE') return 'beside a montage of all places';
  const change = before.place === after.place ? 'only the light changes' : 'the place changes';
  return after.transition === 'FADE' ? `${change}, with a fade` : change;
}
