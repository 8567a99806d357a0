import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Version of an installed tool, e.g. `5.1.9-0+deb12u1`; undefined when it cannot be run. */
export async function toolVersion(name: 'ffmpeg' | 'ffprobe'): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(name, ['-version'], { timeout: 10_000 });
    return /version (\S+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}
