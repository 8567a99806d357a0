/**
 * The sound stage: its speech intervals beside the truth, and its CPU seconds (all processes) beside ffmpeg merely
 * decoding the same sound, and decoding and resampling it as the stage does, in the same run.
 *
 *     node dist/bench/sound.bench.js [FILM …]
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Interval, overlapMs } from '../src/narrative/intervals.js';
import { openStageContext } from '../test/stage-context.fixture.js';
import type { SoundFinding } from '../workers/findings.js';
import { probeStage } from '../workers/stages/probe.js';
import { soundStage } from '../workers/stages/sound.js';
import { measure } from './measure.js';

const data = '../shared/data';
const folder = await mkdtemp(join(tmpdir(), 'fabula-bench-'));

/** Where somebody speaks, from the truth beside the clips; undefined where only the figures are shown. */
const truths: Readonly<Record<string, () => readonly Interval[]>> = {
  'palace-drama-90s.mp4': () =>
    (JSON.parse(readFileSync(`${data}/truth/palace-cues.json`, 'utf8')) as { cues: Interval[] }).cues,
  'sintel-trailer-480p.mp4': () => [
    { startMs: 12_300, endMs: 14_400 },
    { startMs: 18_800, endMs: 19_900 },
    { startMs: 37_300, endMs: 37_700 },
    { startMs: 42_000, endMs: 43_300 },
  ],
};

function clips(): string[] {
  const names = ['video/palace-drama-90s.mp4', 'video/sintel-trailer-480p.mp4', 'audio/speech-60s.wav'];
  return names.map((name) => `${data}/${name}`).filter((path) => existsSync(path));
}

/** Runs the stage in a process of its own, so that its CPU time can be told. */
async function runStage(path: string): Promise<void> {
  const context = await openStageContext(path);
  try {
    const probe = await probeStage.run(context, {});
    process.stdout.write(JSON.stringify(await soundStage.run(context, { probe })));
  } finally {
    await context.close();
    await rm(context.scratch, { recursive: true, force: true });
  }
}

async function printTable(films: readonly string[]): Promise<void> {
  const rows = [];
  for (const film of films) {
    const path = film.endsWith('.wav') ? await withPicture(film) : film;
    const input = ['-v', 'error', '-nostdin', '-i', path, '-vn'];
    const decode = await measure('ffmpeg', [...input, '-f', 'null', '-']);
    const resample = await measure('ffmpeg', [...input, '-ac', '1', '-ar', '16000', '-f', 'null', '-']);
    const stage = await measure(process.execPath, [fileURLToPath(import.meta.url), '--stage', path]);
    if (stage.status !== 0) throw new Error(stage.stderr);
    const found = JSON.parse(stage.stdout) as SoundFinding;
    const minutes = (found.loudness?.values.length ?? 0) / 60;
    rows.push({
      film: basename(film),
      'film s': Math.round(minutes * 60),
      ...scoreSpeech(found.speech, truths[basename(film)]?.()),
      'decode CPU s': Number(decode.cpuSeconds.toFixed(2)),
      'with resampling': Number(resample.cpuSeconds.toFixed(2)),
      'stage CPU s': Number(stage.cpuSeconds.toFixed(2)),
      'over decode, CPU s/min': Number(((stage.cpuSeconds - decode.cpuSeconds) / minutes).toFixed(2)),
      'peak MiB': Math.round(stage.peakMemoryMiB),
    });
    console.log(`${basename(film)}: ${found.speech.map(inSeconds).join(' ')}`);
  }
  console.table(rows);
}

/** A film of a recording, for the probe refuses what has no picture. */
async function withPicture(recording: string): Promise<string> {
  const film = join(folder, `${basename(recording)}.mkv`);
  const picture = ['-f', 'lavfi', '-i', 'color=size=16x16:rate=1', '-i', recording, '-shortest', '-c:a', 'copy', film];
  const made = await measure('ffmpeg', ['-v', 'error', '-nostdin', ...picture]);
  if (made.status !== 0) throw new Error(made.stderr);
  return film;
}

const inSeconds = ({ startMs, endMs }: Interval) => `${(startMs / 1000).toFixed(1)}–${(endMs / 1000).toFixed(1)}`;

/** Compares the time covered by two lists of intervals. */
function scoreSpeech(found: readonly Interval[], truth: readonly Interval[] | undefined) {
  if (!truth) return {};
  const both = found.flatMap((one) => truth.map((other) => overlapMs(one, other))).reduce((sum, ms) => sum + ms, 0);
  const foundMs = found.reduce((sum, one) => sum + one.endMs - one.startMs, 0);
  const truthMs = truth.reduce((sum, one) => sum + one.endMs - one.startMs, 0);
  return {
    precision: Number((both / foundMs).toFixed(3)),
    recall: Number((both / truthMs).toFixed(3)),
    IoU: Number((both / (foundMs + truthMs - both)).toFixed(3)),
  };
}

const [mode, ...rest] = process.argv.slice(2);
if (mode === '--stage') await runStage(rest[0] ?? '');
else
  try {
    await printTable(mode === undefined ? clips() : [mode, ...rest]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
