import { deepEqual } from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { visibleGpus } from '../../workers/models/gpus.js';

describe('the GPUs that may be used', () => {
  it('are those that CUDA_VISIBLE_DEVICES lists, up to the first that is none', async () => {
    deepEqual(await visibleGpus('0, 2'), ['0', '2']);
    deepEqual(await visibleGpus('1,1,GPU-8f2c-11,MIG-3a/1/0'), ['1', 'GPU-8f2c-11', 'MIG-3a/1/0']);
    deepEqual(await visibleGpus('3,-1,0'), ['3']);
    for (const none of ['', '-1', 'none']) deepEqual(await visibleGpus(none), []);
  });

  it('are all that the driver knows where nothing is listed, and none where there is no driver', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fabula-gpus-'));
    const path = process.env.PATH;
    const say = async (script: string) => {
      await writeFile(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
      await chmod(join(folder, 'nvidia-smi'), 0o755);
    };
    try {
      process.env.PATH = [folder, path].join(delimiter);
      await say('echo GPU-aa-1; echo GPU-bb-2');
      deepEqual(await visibleGpus(undefined), ['GPU-aa-1', 'GPU-bb-2']);
      await say('echo "NVIDIA-SMI has failed because it could not communicate with the driver."; exit 9');
      deepEqual(await visibleGpus(undefined), []);
      process.env.PATH = folder;
      await rm(join(folder, 'nvidia-smi'));
      deepEqual(await visibleGpus(undefined), []);
    } finally {
      process.env.PATH = path;
      await rm(folder, { recursive: true });
    }
  });
});
