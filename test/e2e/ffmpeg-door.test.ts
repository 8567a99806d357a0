import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FabulaError } from '../../schema/errors.js';
import { runFfmpeg, streamFfmpeg } from '../../workers/media/ffmpeg.js';
import { isMemoryBounded } from '../../workers/media/ffmpeg-safety.js';

const door = fileURLToPath(new URL('../../workers/media/ffmpeg.js', import.meta.url));
const endless = () => ({
  input: createReadStream('/dev/zero'),
  inputOptions: ['-re', '-f', 'rawvideo', '-s', '64x64', '-pix_fmt', 'gray'],
  outputOptions: ['-f', 'rawvideo'],
});

/** Process ids of the ffmpegs that this process has started, where they can be had. */
function children(): number[] {
  if (process.platform !== 'linux') return [];
  const pids = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return pids.filter((pid) => {
    try {
      return /^(setpriv|prlimit|ffmpeg)$/m.test(readFileSync(`/proc/${pid}/comm`, 'utf8'));
    } catch {
      return false;
    }
  });
}

/** Answers questions about itself like ffmpeg; otherwise writes, closes its output, and takes its time to exit. */
const slowScript = `#!/bin/sh
case "$*" in *-formats*|*-encoders*) exec ffmpeg "$@";; esac
printf bytes
exec 1>&-
sleep 0.2
exit $SLOW_STATUS
`;

describe('the door to ffmpeg', () => {
  it('takes a slow exit for no failure, and a failure after the last byte for one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fabula-ffmpeg-'));
    try {
      // What a busy machine does: the output is closed long before the process is gone.
      const slow = join(folder, 'slow-ffmpeg');
      await writeFile(slow, slowScript);
      await chmod(slow, 0o755);
      const script = `import { runFfmpeg } from ${JSON.stringify(door)};
        const run = { input: '/x', outputOptions: ['-f', 'rawvideo'] };
        console.log(await runFfmpeg(run).then(String, (error) => error.code));`;
      const answers = await Promise.all(
        ['0', '1'].map((status) =>
          promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
            env: { ...process.env, FFMPEG_PATH: slow, SLOW_STATUS: status },
          }),
        ),
      );
      assert.deepEqual(
        answers.map(({ stdout }) => stdout.trim()),
        ['bytes', 'FFMPEG_FAILED'],
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('ends ffmpeg when its reader leaves', async () => {
    for await (const chunk of streamFfmpeg(endless())) {
      assert.ok(chunk.length > 0);
      break;
    }
  });

  it('ends ffmpeg when it works without end, though it writes all the time', async () => {
    const error = await runFfmpeg({ ...endless(), longestMs: 400 }).then(String, ({ code }) => code);
    assert.equal(error, 'FFMPEG_STALLED');
  });

  it('bounds the memory of ffmpeg, where the system can', async function () {
    if (!isMemoryBounded) this.skip();
    for await (const chunk of streamFfmpeg(endless())) {
      assert.ok(chunk.length > 0);
      const limits = children().map((pid) => readFileSync(`/proc/${pid}/limits`, 'utf8'));
      assert.match(limits.join(), /Max data size +4294967296 +4294967296 /);
      break;
    }
  });

  it('ends ffmpeg when the work is cancelled, before it runs or while it does', async () => {
    const endings = [0, 1, 3, 10, 30, 100].map(async (afterMs) => {
      const controller = new AbortController();
      const running = runFfmpeg({ ...endless(), signal: controller.signal });
      setTimeout(() => controller.abort(), afterMs);
      await assert.rejects(running, (error) => error instanceof FabulaError && error.code === 'CANCELLED');
    });
    await Promise.all(endings);
    assert.deepEqual(children(), []);
  });

  it('ends ffmpeg when it is frozen', async function () {
    if (process.platform !== 'linux') this.skip();
    const running = runFfmpeg({ ...endless(), stallMs: 1_000 });
    while (children().length === 0) await passed(10);
    for (const pid of children()) process.kill(pid, 'SIGSTOP');
    await assert.rejects(running, { code: 'FFMPEG_STALLED' });
    assert.deepEqual(children(), []);
  });
});
