import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The driver may have to wake its GPUs first. */
const answerMs = 10_000;

/**
 * Nvidia's GPUs that this process may use, each by a name that CUDA_VISIBLE_DEVICES takes: those that the variable lists
 * (up to the first that is none, as CUDA reads it), or without it all that the driver knows. None where there is no
 * driver.
 */
export async function visibleGpus(listed: string | undefined): Promise<readonly string[]> {
  if (listed !== undefined) {
    const names = listed.split(',').map((name) => name.trim());
    const end = names.findIndex((name) => !/^(\d+|GPU-[\w-]+|MIG-[\w/-]+)$/.test(name));
    return [...new Set(end === -1 ? names : names.slice(0, end))];
  }
  try {
    const query = ['--query-gpu=uuid', '--format=csv,noheader'];
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { timeout: answerMs });
    return stdout.split('\n').flatMap((line) => /GPU-[\w-]+/.exec(line)?.[0] ?? []);
  } catch {
    return [];
  }
}
