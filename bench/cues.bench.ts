/**
 * Burned-in subtitles: the real clip and rendered ones beside their truth, clips whose text is no subtitle, and CPU
 * seconds of all processes beside ffmpeg merely decoding the same film; with the obvious way (the bottom third read
 * twice a second by the same models) in the same table.
 *
 *     node dist/bench/cues.bench.js [--held-out | --seed=N] [--differences] [FILM …]
 *
 * A seed draws twelve clips of styles, sizes, words and pictures. A FILM brings its truth as FILM with .json for its extension.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStageContext } from '../test/stage-context.fixture.js';
import { readBurnedInCues } from '../workers/stages/burned-in-cues.js';
import { probeStage } from '../workers/stages/probe.js';
import { developmentCorpus } from './cue-corpus.js';
import { heldOutCorpus } from './cue-held-out.js';
import { type CueScore, scoreCues, type TimedText } from './cue-score.js';
import { readSubtitleTexts, seededClips } from './cue-styles.js';
import { type Measured, measure } from './measure.js';
import { readNaively } from './naive-subtitles.js';
import { type RenderedClip, renderClip } from './rendered-subtitles.js';

const data = '../shared/data';
const flags = new Set(process.argv.slice(2).filter((argument) => argument.startsWith('--')));
const films = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

interface Case {
  readonly name: string;
  readonly path: string;
  readonly truth: readonly TimedText[];
}

/** Reads one film in a process of its own, so that its CPU time can be told. */
async function readFilm(path: string, naive: boolean): Promise<void> {
  const context = await openStageContext(path);
  try {
    const probe = await probeStage.run(context, {});
    const cues = naive ? await readNaively(context, probe) : (await readBurnedInCues(context, { probe })).cues;
    process.stdout.write(JSON.stringify({ cues, seconds: probe.durationMs / 1000 }));
  } finally {
    await context.close();
    await rm(context.scratch, { recursive: true, force: true });
  }
}

async function run(path: string, mode: '--ours' | '--naive') {
  const measured = await measure(process.execPath, [fileURLToPath(import.meta.url), mode, path]);
  if (measured.status !== 0) throw new Error(measured.stderr);
  return { measured, ...(JSON.parse(measured.stdout) as { cues: TimedText[]; seconds: number }) };
}

async function* cases(folder: string): AsyncGenerator<Case> {
  for (const path of films) {
    const truth = path.replace(/\.\w+$/, '.json');
    yield { name: basename(path), path, truth: existsSync(truth) ? await cuesIn(truth) : [] };
  }
  if (films.length > 0) return;
  const videoFolder = join(data, 'video');
  const palace = join(videoFolder, 'palace-drama-90s.mp4');
  const sintel = join(videoFolder, 'sintel-trailer-480p.mp4');
  if (existsSync(palace))
    yield { name: 'palace', path: palace, truth: await cuesIn(join(data, 'truth/palace-cues.json')) };
  if (existsSync(sintel)) yield { name: 'sintel trailer', path: sintel, truth: [] };
  for (const clip of await corpus(videoFolder)) {
    if ('path' in clip.background && !existsSync(clip.background.path)) continue;
    const path = join(folder, `${clip.name}.mp4`);
    await renderClip(clip, path);
    yield { name: clip.name, path, truth: clip.cues };
    await rm(path);
  }
}

async function corpus(videoFolder: string): Promise<RenderedClip[]> {
  const seed = [...flags].find((flag) => flag.startsWith('--seed='))?.slice('--seed='.length);
  if (seed !== undefined)
    return seededClips(
      videoFolder,
      Number(seed),
      12,
      await readSubtitleTexts(join(data, 'emobank/emobank-train-dev.csv')),
    );
  return flags.has('--held-out') ? heldOutCorpus(videoFolder) : developmentCorpus(videoFolder);
}

const cuesIn = async (path: string) => (JSON.parse(await readFile(path, 'utf8')) as { cues: TimedText[] }).cues;

const round = (value: number, digits: number) => Number(value.toFixed(digits));

function row(
  name: string,
  ours: CueScore,
  naive: CueScore,
  cost: { decode: Measured; ours: Measured; naive: Measured },
  seconds: number,
) {
  const perMinute = ({ cpuSeconds }: Measured) => round((cpuSeconds / seconds) * 60, 2);
  const rate = (score: CueScore) =>
    score.characters ? round((100 * score.characterErrors) / score.characters, 2) : undefined;
  return {
    clip: name,
    cues: ours.truth,
    F1: round(ours.f1, 3),
    'CER %': rate(ours),
    'max edge ms': ours.maxEdgeErrorMs,
    'false cues': ours.found - ours.matched,
    'CPU s/min': perMinute(cost.ours),
    'decode s/min': perMinute(cost.decode),
    'peak MiB': Math.round(cost.ours.peakMemoryMiB),
    'naive F1': round(naive.f1, 3),
    'naive CER %': rate(naive),
    'naive false': naive.found - naive.matched,
    'naive s/min': perMinute(cost.naive),
  };
}

function pooled(name: string, scores: readonly CueScore[]): string {
  const sum = (of: (score: CueScore) => number) => scores.reduce((total, score) => total + of(score), 0);
  const f1 =
    (2 * sum((score) => score.matched)) /
    Math.max(
      1,
      sum((score) => score.truth + score.found),
    );
  const errors =
    (100 * sum((score) => score.characterErrors)) /
    Math.max(
      1,
      sum((score) => score.characters),
    );
  const falseCues = sum((score) => score.found - score.matched);
  return `${name}, pooled: F1 ${f1.toFixed(3)}, CER ${errors.toFixed(2)} %, ${falseCues} false cues`;
}

async function printTable(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fabula-bench-'));
  const rows = [];
  const [allOurs, allNaive]: [CueScore[], CueScore[]] = [[], []];
  try {
    for await (const { name, path, truth } of cases(folder)) {
      const decode = await measure('ffmpeg', ['-v', 'error', '-nostdin', '-i', path, '-an', '-f', 'null', '-']);
      const [ours, naive] = [await run(path, '--ours'), await run(path, '--naive')];
      const [oursScore, naiveScore] = [scoreCues(truth, ours.cues), scoreCues(truth, naive.cues)];
      rows.push(row(name, oursScore, naiveScore, { decode, ours: ours.measured, naive: naive.measured }, ours.seconds));
      allOurs.push(oursScore);
      allNaive.push(naiveScore);
      if (flags.has('--differences'))
        for (const difference of oursScore.differences) console.log(`${name}: ${difference}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.table(rows);
  console.log(pooled('ours', allOurs));
  console.log(pooled('naive', allNaive));
}

const [film] = films;
if (film && flags.has('--ours')) await readFilm(film, false);
else if (film && flags.has('--naive')) await readFilm(film, true);
else await printTable();
