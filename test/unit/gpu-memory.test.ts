import { deepEqual, equal } from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchGpuMemory } from '../../workers/models/gpu-memory.js';

describe('the memory of GPUs', () => {
  const path = process.env.PATH;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fabula-gpu-'));
    process.env.PATH = `${folder}:/bin:/usr/bin`;
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });
  /** Says what Nvidia's tool says, to the question that it takes. */
  const install = (says: string, status = 0) =>
    writeFileSync(
      join(folder, 'nvidia-smi'),
      `#!/bin/sh\necho asked >> ${folder}/asked\n[ "$1" = --query-gpu=index,memory.used,memory.total ] || exit 9\n` +
        `[ "$2" = --format=csv,noheader,nounits ] || exit 9\nprintf '${says}'\nexit ${status}\n`,
      { mode: 0o755 },
    );

  it('is what Nvidia’s tool says, asked once for those who ask at about the same time', async () => {
    install('0, 1234, 81559\\n1, 0, 81559\\n2, [N/A], [N/A]\\n');
    const look = watchGpuMemory();
    const found = await look();
    deepEqual(found, [
      { gpu: '0', usedBytes: 1234 * 2 ** 20, totalBytes: 81_559 * 2 ** 20 },
      { gpu: '1', usedBytes: 0, totalBytes: 81_559 * 2 ** 20 },
    ]);
    equal(await look(), found);
  });

  it('is nothing where the tool fails or is not there', async () => {
    install('NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.\\n', 9);
    deepEqual(await watchGpuMemory()(), []);
    rmSync(join(folder, 'nvidia-smi'));
    process.env.PATH = folder;
    deepEqual(await watchGpuMemory()(), []);
  });
});
