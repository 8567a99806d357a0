/**
 * Shot boundaries: errors and F1 on the clips whose truth was made by eye and on generated films with exact truth,
 * beside PySceneDetect's content and adaptive detectors with their defaults; and CPU seconds of the whole pass beside
 * ffmpeg merely decoding, in the same run.
 *
 * Boundaries between pictures that hardly differ (by measure, see `film.ts`) are counted in a column of their own.
 *
 *     node dist/bench/shots.bench.js [FILMS_PER_ENCODING] [FIRST_SEED]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Measured, measure } from './measure.js';
import { preparePySceneDetect, pySceneDetect } from './pyscenedetect.js';
import { encodings, makeFilm } from './shot-films/film.js';
import { realStretches, type ShotTruth, truthClips } from './shot-films/footage.js';
import { isFound, pooledF1, type ShotScore, scoreShots } from './shot-score.js';

const [filmsPerEncoding = 2, firstSeed = 9000] = process.argv.slice(2).map(Number);
const shotPass = fileURLToPath(new URL('./shot-pass.js', import.meta.url));

interface Detector {
  readonly name: string;
  /** Runs over all films in one process: a line of boundaries in seconds for each. */
  readonly run: (paths: readonly string[]) => Promise<Measured>;
}

const ours: Detector = { name: 'Fabula', run: (paths) => measure(process.execPath, [shotPass, ...paths]) };

const version = preparePySceneDetect();
if (!version) console.log('PySceneDetect can neither be found nor installed here; its rows are left out.');
const peers: readonly Detector[] = version
  ? (['content', 'adaptive'] as const).map((detector) => ({
      name: `PySceneDetect ${version} ${detector}`,
      run: (paths) => pySceneDetect(detector, paths),
    }))
  : [];

interface Film {
  readonly group: string;
  readonly path: string;
  readonly truth: ShotTruth;
  /** Boundaries nobody owes: counted apart. */
  readonly faint: ShotTruth['gradual'];
}

async function decodeSeconds(films: readonly Film[]): Promise<number> {
  let seconds = 0;
  for (const { path } of films)
    seconds += (await measure('ffmpeg', ['-v', 'error', '-nostdin', '-i', path, '-an', '-f', 'null', '-'])).cpuSeconds;
  return seconds;
}

async function tabulate(films: readonly Film[]): Promise<void> {
  const decode = await decodeSeconds(films);
  const rows = [];
  for (const detector of [ours, ...peers]) {
    const { stdout, stderr, status, cpuSeconds } = await detector.run(films.map(({ path }) => path));
    if (status !== 0) throw new Error(stderr);
    const lines = stdout.split('\n').map((line) => line.split(' ').filter(Boolean).map(Number));
    const scores = new Map<string, ShotScore[]>();
    for (const [index, { group, truth }] of films.entries())
      scores.set(group, [...(scores.get(group) ?? []), scoreShots(lines[index] ?? [], truth)]);
    const all = [...scores.values()].flat();
    const errors = (of: (score: ShotScore) => number) => all.reduce((sum, score) => sum + of(score), 0);
    const faint = films.flatMap((film, index) => film.faint.map((range) => isFound(lines[index] ?? [], range)));
    rows.push({
      detector: detector.name,
      ...Object.fromEntries([...scores].map(([group, of]) => [group, Number(pooledF1(of).toFixed(3))])),
      'cut errors': errors(({ cutErrors }) => cutErrors),
      'gradual errors': errors(({ gradualErrors }) => gradualErrors),
      'pooled F1': Number(pooledF1(all).toFixed(3)),
      ...(faint.length > 0 && { 'faint found': `${faint.filter(Boolean).length} of ${faint.length}` }),
      'CPU / decode': Number((cpuSeconds / decode).toFixed(2)),
    });
  }
  console.table(rows);
}

const clips = truthClips();
if (clips.size > 0) {
  console.log('Clips with truth by eye');
  await tabulate([...clips].map(([path, truth]) => ({ group: basename(path, '.mp4'), path, truth, faint: [] })));
} else console.log('The clips with truth by eye are not here.');

const folder = await mkdtemp(join(tmpdir(), 'fabula-shots-'));
try {
  const films: Film[] = [];
  for (const encoding of encodings)
    for (let index = 0; index < filmsPerEncoding; index++) {
      const path = join(folder, `${encoding.replaceAll(' ', '-')}-${index}.mp4`);
      const seed = firstSeed + films.length;
      const truth = await makeFilm(path, seed, encoding, 12, realStretches(clips), 'everything');
      films.push({ group: encoding, path, truth, faint: truth.faint });
    }
  console.log(`Generated films: ${films.length} of 12 shots, from seed ${firstSeed}`);
  await tabulate(films);
} finally {
  await rm(folder, { recursive: true, force: true });
}
