/** Runs the probe and the shots stage alone; prints each film's boundaries in seconds: what `shots.bench.ts` measures. */
import { boundariesS, findShots } from './find-shots.js';

for (const path of process.argv.slice(2)) console.log(boundariesS(await findShots(path)).join(' '));
