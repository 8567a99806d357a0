/** The people stage on generated pictures, on odd films and on two real ones. Some 25 CPU seconds. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ModelLimits, openModelHost } from '../../workers/models/child-host.js';
import type { ModelCalls, ModelHost } from '../../workers/models/host.js';
import type { PeopleFinding } from '../../workers/people-findings.js';
import { peopleStage } from '../../workers/stages/people.js';
import { probeStage } from '../../workers/stages/probe.js';
import { openStageContext } from '../stage-context.fixture.js';
import { oneShotFindings } from '../unit/findings.fixture.js';

const palace = '../shared/data/video/palace-drama-90s.mp4';
const fades = '../shared/data/video/fades.mp4';
const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args]);

describe('the people stage', function () {
  this.timeout(240_000);
  let folder: string;
  let shared: ModelHost;
  const at = (name: string) => join(folder, name);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabula-people-'));
    shared = openModelHost({ log: { warn: () => {} } });
  });
  after(async () => {
    await shared.close();
    await rm(folder, { recursive: true });
  });

  /** Runs the stage with these cuts, somebody speaking all the time, and things looked for in the middle of each shot. */
  async function find(film: string, cutsMs: readonly number[] = [], models = shared): Promise<PeopleFinding> {
    const context = await openStageContext(film);
    try {
      const probe = await probeStage.run(context, {});
      const starts = [0, ...cutsMs];
      const shots = starts.map((startMs, index) => ({
        ...{ startMs, endMs: starts[index + 1] ?? probe.durationMs, transition: 'CUT' as const, looks: [] },
        ...{ confidence: 1, evidence: [] },
      }));
      const keyframes = shots.map(({ startMs, endMs }) => ({
        ...{ shotStartMs: startMs, atMs: (startMs + endMs) / 2, imageId: '', sharpness: 1, valid: true },
        ...{ confidence: 1, evidence: [] },
      }));
      return await peopleStage.run(
        { ...context, models },
        {
          probe,
          shots: { ...oneShotFindings.shots, shots },
          keyframes: { ...oneShotFindings.keyframes, keyframes },
          sound: {
            ...oneShotFindings.sound,
            speech: [{ startMs: 0, endMs: probe.durationMs, confidence: 1, evidence: [] }],
          },
          cues: oneShotFindings.cues,
        },
      );
    } finally {
      await context.close();
      await rm(context.scratch, { recursive: true });
    }
  }

  it('finds nobody in test patterns, fractals, gradients, noise and painted landscapes', async () => {
    const size = 's=640x360:r=5';
    const patterns = {
      testsrc: `testsrc=${size}`,
      testsrc2: `testsrc2=${size}`,
      bars: `smptebars=${size}`,
      mandelbrot: `mandelbrot=${size}`,
      gradients: `gradients=${size}:n=6:seed=3`,
      noise: `nullsrc=${size},geq=random(1)*255:128+random(2)*40:128`,
      life: `life=s=320x180:r=5:mold=10:ratio=.2:random_seed=7`,
      hills: `nullsrc=${size},geq=r='if(gt(Y,200+40*sin(X/90)+15*sin(X/31)),60,150+Y/4)':g='if(gt(Y,200+40*sin(X/90)+15*sin(X/31)),110+20*sin(X*Y/900),180)':b='if(gt(Y,200+40*sin(X/90)),40,230-Y/6)'`,
    };
    for (const [name, source] of Object.entries(patterns)) {
      ffmpeg('-f', 'lavfi', '-i', source, '-t', '2', '-pix_fmt', 'yuv420p', at(`${name}.mp4`));
      const { tracks, figures } = await find(at(`${name}.mp4`));
      assert.deepEqual([tracks.length, figures.length], [0, 0], name);
    }
  });

  it('takes films of one frame, of one pixel, and of upright shape', async () => {
    const picture = (name: string, size: string, frames: string, codec: string) =>
      ffmpeg('-f', 'lavfi', '-i', `testsrc=s=${size}:r=5`, '-frames:v', frames, '-c:v', codec, at(name));
    picture('frame.mp4', '320x180', '1', 'libx264');
    picture('pixel.mkv', '1x1', '5', 'ffv1');
    picture('upright.mp4', '180x320', '5', 'libx264');
    for (const name of ['frame.mp4', 'pixel.mkv', 'upright.mp4']) {
      const { tracks, sampledMs } = await find(at(name));
      assert.deepEqual([tracks.length, sampledMs[0]], [0, 0], name);
    }
  });

  describe('on real film', () => {
    before(function () {
      if (!existsSync(palace) || !existsSync(fades)) {
        console.log(`      (skipped: ${palace} is not here)`);
        this.skip();
      }
      // The man in orange, 49.3–58.5 s, after a look at the others; re-encoded, so that it starts where it says.
      ffmpeg('-ss', '48', '-t', '4.4', '-i', palace, '-an', '-preset', 'ultrafast', at('cut.mp4'));
      ffmpeg('-ss', '54', '-t', '1', '-i', palace, '-an', '-preset', 'ultrafast', at('one.mp4'));
      ffmpeg('-i', at('one.mp4'), '-vf', 'transpose=2', '-preset', 'ultrafast', at('lying.mp4'));
      ffmpeg('-i', at('lying.mp4'), '-c', 'copy', '-metadata:s:v:0', 'rotate=-90', at('turned.mp4'));
    });

    it('follows a face, reads it, and stops at the cut', async () => {
      const { tracks } = await find(at('cut.mp4'), [1300]);
      const main = tracks.find(({ readings }) => readings.some(({ quality }) => quality.heightPx > 80));
      assert.ok(main && main.startMs === 1300, JSON.stringify(tracks.map(({ startMs, endMs }) => [startMs, endMs])));
      const reading = main.readings.find(({ embedding, angles }) => embedding && Math.abs(angles?.yaw ?? 1) < 0.5);
      assert.ok(reading, 'nothing was read');
      const { box, female = 1, distanceCm = 0, pose = [], expressions = {}, quality } = reading;
      assert.ok(box.x > 0.3 && box.x + box.width < 0.9 && box.y < 0.4, JSON.stringify(box));
      assert.ok(female < 0.5);
      // A close-up: measured 150–170 cm.
      assert.ok(distanceCm > 110 && distanceCm < 240, `${distanceCm} cm`);
      assert.ok(pose.some(({ joint, confidence }) => joint === 'nose' && confidence > 0.3));
      assert.equal(Object.keys(expressions).length, 7);
      assert.ok(quality.sharpness > 50);
      assert.ok(main.readings.filter(({ lipAperture }) => lipAperture !== undefined).length >= 6);
    });

    it('finds the same face in a film that players turn', async () => {
      const [[upright], [turned]] = [(await find(at('one.mp4'))).tracks, (await find(at('turned.mp4'))).tracks];
      assert.ok(upright && turned);
      const [a, b] = [upright.readings[0]!.box, turned.readings[0]!.box];
      assert.ok(Math.abs(a.x - b.x) < 0.02 && Math.abs(a.height - b.height) < 0.03, JSON.stringify([a, b]));
    });

    it('finds nobody where fades show none', async () => {
      assert.equal((await find(fades)).tracks.length, 0);
    });

    it('loses nothing when its child is killed, freezes or outgrows its memory', async () => {
      const expected = JSON.stringify((await find(at('one.mp4'))).tracks);
      const warnings: string[] = [];
      async function disturbed(limits: Partial<ModelLimits>, disturb?: (pid: number) => void): Promise<number> {
        const log = { warn: (fields: object) => void warnings.push(JSON.stringify(fields)) };
        const host = openModelHost({ log, limits });
        let calls = 0;
        const pids = new Set<number | undefined>();
        const models: ModelHost = {
          ...host,
          call(name, input, signal) {
            const answer = host.call(name, input, signal);
            const pid = host.pidOf(name);
            if (++calls === 9 && pid) void sleep(3).then(() => disturb?.(pid));
            return answer.finally(() => pids.add(host.pidOf(name))) as Promise<ModelCalls[typeof name]['out']>;
          },
        };
        try {
          assert.equal(JSON.stringify((await find(at('one.mp4'), [], models)).tracks), expected);
        } finally {
          await host.close();
        }
        pids.delete(undefined);
        return pids.size;
      }
      assert.equal(await disturbed({}, (pid) => process.kill(pid, 'SIGKILL')), 2);
      assert.match(warnings.join(), /SIGKILL/);
      assert.equal(await disturbed({ silentMs: 6000 }, (pid) => process.kill(pid, 'SIGSTOP')), 2);
      assert.match(warnings.join(), /silent for 6 s/);
      assert.ok((await disturbed({ rssBytes: 1, callsBeforeReplacing: 5 })) >= 2);
    });
  });
});
