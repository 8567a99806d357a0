/**
 * What looking for people costs: CPU seconds of the people stage a second of film, beside ffmpeg merely decoding it in
 * the same run; then tensors and memory of the models over 500 detections in this process, where they can be counted.
 *
 *     node dist/bench/people.bench.js [FILM]
 */
import { readFile, rm } from 'node:fs/promises';
import { openStageContext } from '../test/stage-context.fixture.js';
import type { Findings } from '../workers/findings.js';
import { readFrames } from '../workers/media/frames.js';
import { tensorCount } from '../workers/models/graph-model.js';
import { type ModelName, meshSidePx } from '../workers/models/host.js';
import { models } from '../workers/models/registry.js';
import { cuesStage } from '../workers/stages/cues.js';
import { keyframesStage } from '../workers/stages/keyframes.js';
import { peopleStage } from '../workers/stages/people.js';
import { probeStage } from '../workers/stages/probe.js';
import { shotsStage } from '../workers/stages/shots.js';
import { soundStage } from '../workers/stages/sound.js';
import { measure } from './measure.js';

const film = process.argv[2] ?? '../shared/data/video/palace-drama-90s.mp4';
const detections = 500;
const ticksASecond = 100;

/** User and system seconds of a process, and of the children that it waited for. */
async function cpuOf(pid: number | 'self') {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [own1 = 0, own2 = 0, waited1 = 0, waited2 = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
  return { own: (own1 + own2) / ticksASecond, waited: (waited1 + waited2) / ticksASecond };
}

async function peakMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

const context = await openStageContext(film);
try {
  const probe = await probeStage.run(context, {});
  const shots = await shotsStage.run(context, { probe });
  const keyframes = await keyframesStage.run(context, { probe, shots });
  const sound = await soundStage.run(context, { probe });
  const cues = await cuesStage.run(context, { probe, shots, sound });
  const calls = new Map<ModelName, number>();
  const counted: typeof context.models = {
    ...context.models,
    call(name, input, signal) {
      calls.set(name, (calls.get(name) ?? 0) + 1);
      return context.models.call(name, input, signal);
    },
  };
  const seconds = probe.durationMs / 1000;
  const decode = await measure('ffmpeg', ['-v', 'error', '-nostdin', '-i', film, '-an', '-f', 'null', '-']);
  const before = await cpuOf('self');
  const read: Pick<Findings, 'probe' | 'shots' | 'keyframes' | 'sound' | 'cues'> = {
    probe,
    shots,
    keyframes,
    sound,
    cues,
  };
  const { summary } = await peopleStage.run({ ...context, models: counted }, read);
  const after = await cpuOf('self');
  const child = context.models.pidOf('faces.find') ?? 0;
  const shares = {
    'decode only': decode.cpuSeconds,
    'ffmpeg, sampled frames': after.waited - before.waited,
    'cutting out, following': after.own - before.own,
    'models (child)': (await cpuOf(child)).own,
  };
  const whole = Object.entries(shares).reduce((sum, [name, cpu]) => (name === 'decode only' ? sum : sum + cpu), 0);
  console.log(summary);
  console.table(
    Object.entries({ ...shares, 'people stage': whole }).map(([what, cpu]) => ({
      what,
      'CPU s': Number(cpu.toFixed(2)),
      'CPU s per film s': Number((cpu / seconds).toFixed(3)),
    })),
  );
  console.table(
    [...calls].map(([call, count]) => ({ call, count, 'a film second': Number((count / seconds).toFixed(2)) })),
  );
  console.log(`child: peak ${await peakMiB(child)} MiB`);
} finally {
  await context.close();
  await rm(context.scratch, { recursive: true });
}

const noSessions = () => Promise.reject(new Error('bundled models need no session'));
const find = await (await models['faces.find']())(noSessions);
const mesh = await (await models['faces.mesh']())(noSessions);
const rows: { detections: number; tensors: number; 'RSS MiB': number }[] = [];
let done = 0;
const size = { width: 320, height: 180 };
for await (const { pixels } of readFrames({ path: film, filter: 'scale=320:180', pixelFormat: 'rgb24', ...size })) {
  await find({ rgb: pixels, ...size });
  await mesh({ rgb: new Uint8Array(meshSidePx * meshSidePx * 3), width: meshSidePx, height: meshSidePx });
  done++;
  if (done % 100 === 0 || done === 10)
    rows.push({
      detections: done,
      tensors: tensorCount(),
      'RSS MiB': Math.round(process.memoryUsage.rss() / 2 ** 20),
    });
  if (done === detections) break;
}
console.table(rows);
