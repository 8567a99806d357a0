import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnalysisSummary } from '../../workers/analyze.js';
import { type CliOptions, runCli } from './run-cli.js';

const soak = process.env.FABULA_SOAK === '1';
const kills = soak ? 10 : 3;

/** Three worlds with hard cuts between them, and a beeping track. */
function makeFilm(path: string, seconds: number): void {
  const part = (source: string) => ['-f', 'lavfi', '-i', `${source}=s=480x270:r=25`, '-t', String(seconds / 3)];
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-nostdin', '-y', ...part('testsrc2'), ...part('mandelbrot'), ...part('rgbtestsrc')],
    ...['-f', 'lavfi', '-i', `sine=f=330:beep_factor=4:d=${seconds}`],
    ...['-filter_complex', '[0:v][1:v][2:v]concat=n=3[v]', '-map', '[v]', '-map', '3:a', '-t', String(seconds)],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', path],
  ]);
}

describe('an analysis that is cut short', function () {
  this.timeout(soak ? 1_800_000 : 180_000);
  let folder: string;
  let film: string;
  const analyze = (home: string, kill?: CliOptions['kill']) => runCli(['analyze', '--json', film], { home, kill });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'fabula-resume-'));
    film = join(folder, 'film.mp4');
    makeFilm(film, soak ? 60 : 9);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it(`killed at ${kills} random moments, it goes on from what is finished and ends in the same narrative`, async () => {
    const whole = join(folder, 'whole');
    const undisturbed = await analyze(whole);
    assert.equal(undisturbed.status, 0, undisturbed.stderr);
    const { episodeId } = JSON.parse(undisturbed.stdout) as AnalysisSummary;
    const expected = await runCli(['export', episodeId], { home: whole });

    const killed = join(folder, 'killed');
    const finished = new Set<string>();
    for (let kill = 0; kill < kills; kill++) {
      // From start-up to the load: so many stages ended or taken up, and a random while on top.
      const run = await analyze(killed, { lines: kill % 8, afterMs: Math.random() * 1500 });
      for (const [, stage] of run.stderr.matchAll(/: (\w+) done/g)) finished.add(stage!);
    }
    const resumed = await analyze(killed);
    assert.equal(resumed.status, 0, resumed.stderr);
    const { stages, unchanged } = JSON.parse(resumed.stdout) as AnalysisSummary & { unchanged: boolean };
    for (const { name, kept } of unchanged ? [] : stages)
      if (name !== 'load' && finished.has(name)) assert.ok(kept, `${name} was finished before, and done again`);
    assert.equal((await runCli(['export', episodeId], { home: killed })).stdout, expected.stdout);
  });

  it('does nothing the second time, and says so', async () => {
    const home = join(folder, 'whole');
    const again = await analyze(home);
    assert.equal((JSON.parse(again.stdout) as { unchanged: boolean }).unchanged, true);
    assert.equal(again.stderr, '', 'no stage is so much as looked at');
    const plain = await runCli(['analyze', film], { home });
    assert.match(plain.stdout, /nothing to do/);
  });

  it('does what is asked for after the same film was analysed otherwise in between', async () => {
    const home = join(folder, 'whole');
    const titled = (title: string) => runCli(['analyze', '--json', '--title', title, film], { home });
    const titles: string[] = [];
    for (const title of ['One', 'Two', 'One', 'One']) {
      const run = await titled(title);
      titles.push((await runCli(['episodes'], { home })).stdout.trim().split(/\s+/).at(-1) ?? '');
      assert.equal(JSON.parse(run.stdout).unchanged, titles.length === 4);
    }
    assert.deepEqual(titles, ['One', 'Two', 'One', 'One']);
  });
});
