import { rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The holder shows that it lives this often; one that has not done so for longer is gone, however it went. */
const beatMs = 2000;
const goneMs = 10_000;
const lookMs = 250;

/** Does the work while no other process does the like under the same lock file; `onWait` hears that one does. */
export async function underLock<Result>(
  path: string,
  { signal, onWait }: { readonly signal?: AbortSignal; readonly onWait?: () => void },
  work: () => Promise<Result>,
): Promise<Result> {
  for (let looks = 0; !(await take(path)); looks++) {
    const seen = await stat(path).catch(() => undefined);
    if (seen && Date.now() - seen.mtimeMs > goneMs) await rm(path, { force: true });
    else {
      if (looks === 0) onWait?.();
      await sleep(lookMs, undefined, { signal });
    }
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return false;
    throw error;
  }
}
