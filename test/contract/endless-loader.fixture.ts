/** A process that replaces one episode by its other version and back, without end: `node endless-loader FILE`. */
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { version } from './two-versions.fixture.js';

const store = await openSqliteStore({ file: process.argv[2]!, derive: deriveNarrative });
for (let n = 0; ; n++) {
  await store.replaceEpisode(version(n % 2 ? 'old' : 'new'));
  if (n === 0) process.stdout.write('loading\n');
}
