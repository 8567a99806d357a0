import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
      const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
      const limits = children.map((pid) => readFileSync(`/proc/${pid}/limits`, 'utf8'));
      assert.match(limits.join(), /Max data size +4294967296 +4294967296 /);
      break;
    }
  });

  it('ends ffmpeg when the work is cancelled', async () => {
    const controller = new AbortController();
    const running = runFfmpeg({ ...endless(), signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await assert.rejects(running, (error) => error instanceof FabulaError && error.code === 'CANCELLED');
  });
});
