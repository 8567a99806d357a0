/**
 * Scenes found in generated films whose scenes are known, beside other ways to group shots, all from the same shots.
 * Places are cut from real clips and put under other light; some scenes are montages, some only change the light.
 *
 *     node dist/bench/scenes.js [FILMS] [FIRST_SEED]
 */
import { access } from 'node:fs/promises';
import { groupShots } from '../workers/detectors/scenes.js';
import type { FoundCue, FoundShot } from '../workers/findings.js';
import { type GroupedFilm, scoreScenes } from './scene-films/measures.js';
import { everyShotAScene, optimalSequentialGrouping, scenesAtFades, uniformScenes } from './scene-films/peers.js';
import { type PlannedShot, planFilm } from './scene-films/plan.js';
import { trueShots } from './scene-films/true-shots.js';

const dataFolder = '../shared/data';
const [films = 60, firstSeed = 1] = process.argv.slice(2).map(Number);

type Grouper = (shots: readonly FoundShot[], cues: readonly FoundCue[], trueScenes: number) => number[];

const indexOf = (shots: readonly FoundShot[], atMs: number) => shots.findIndex(({ startMs }) => startMs === atMs);
const ours = (shots: readonly FoundShot[], cues: readonly FoundCue[]) =>
  groupShots(shots, cues, { speech: [] }).map(({ startMs }) => indexOf(shots, startMs));

const groupers: Readonly<Record<string, Grouper>> = {
  fabula: ours,
  'fabula without cues': (shots) => ours(shots, []),
  'sequential grouping, true number': (shots, _, trueScenes) => optimalSequentialGrouping(shots, trueScenes),
  'at fades only': scenesAtFades,
  'uniform, true number': (shots, _, trueScenes) => uniformScenes(shots, trueScenes),
  'every shot a scene': everyShotAScene,
};

type Scene = NonNullable<PlannedShot['scene']> & Pick<PlannedShot, 'transition'>;

function kindOf(before: Scene, after: Scene): string {
  if (before.pattern === 'MONTAGE' || after.pattern === 'MONTAGE') return 'beside a montage of all places';
  const change = before.place === after.place ? 'only the light changes' : 'the place changes';
  return after.transition === 'FADE' ? `${change}, with a fade` : change;
}

await access(dataFolder);
const grouped = new Map<string, GroupedFilm[]>(Object.keys(groupers).map((name) => [name, []]));
/** Of each kind of true boundary: how many there are, how many ours found. */
const kinds = new Map<string, { there: number; found: number }>();
let shotCount = 0;
let sceneCount = 0;
for (let seed = firstSeed; seed < firstSeed + films; seed++) {
  const plan = planFilm(seed);
  const shots = await trueShots(plan, dataFolder);
  const truth = plan.sceneStartsMs.map((startMs) => indexOf(shots, startMs));
  shotCount += shots.length;
  sceneCount += truth.length;
  const oursHere = ours(shots, plan.cues);
  const scenes = plan.shots.flatMap(({ scene, transition }) => (scene ? [{ ...scene, transition }] : []));
  for (const [index, scene] of scenes.entries()) {
    const before = scenes[index - 1];
    if (!before) continue;
    const kind = kinds.get(kindOf(before, scene)) ?? { there: 0, found: 0 };
    kind.there++;
    if (oursHere.includes(truth[index] ?? -1)) kind.found++;
    kinds.set(kindOf(before, scene), kind);
  }
  for (const [name, group] of Object.entries(groupers))
    grouped.get(name)?.push({ shots: shots.length, truth, found: group(shots, plan.cues, truth.length) });
}
console.log(`${films} films, ${sceneCount} scenes, ${shotCount} shots`);
console.table(
  Object.fromEntries(
    [...grouped].map(([name, all]) => {
      const { f1, f1WithinOneShot, coverage, overflow } = scoreScenes(all);
      const scenes = all.reduce((sum, { found }) => sum + found.length, 0);
      const row = { F1: f1, 'F1 ± 1 shot': f1WithinOneShot, coverage, overflow };
      return [
        name,
        { scenes, ...Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value.toFixed(3)])) },
      ];
    }),
  ),
);
console.table(Object.fromEntries([...kinds].toSorted()));
const cpu = process.cpuUsage();
console.log(`${((cpu.user + cpu.system) / 1e6).toFixed(1)} CPU s here, making the films included`);
