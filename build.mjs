// Compiles everything to dist/. The shape table is derived from the decorators and written back before a second pass,
// so that `schema/shape.generated.ts` can never lag behind them.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

const generated = 'schema/shape.generated.ts';
const source = (shape) =>
  `import type { Shape } from './shape.js';\n\n/** Written by the build from the decorated classes (derive-shape.ts). */\nexport const shape: Shape = ${JSON.stringify(shape, null, 2)};\n`;

const compile = () => {
  const { status } = spawnSync('node_modules/.bin/tsc', ['-p', '.'], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
};

if (!existsSync(generated)) writeFileSync(generated, source({}));
compile();
const { deriveShape } = await import('./dist/schema/derive-shape.js');
const next = source(deriveShape());
if (readFileSync(generated, 'utf8') !== next) {
  writeFileSync(generated, next);
  compile();
}

// The models' own packages, for installations (install-models.mjs); a checkout has them among its own.
for (const file of ['package.json', 'package-lock.json'])
  copyFileSync(`workers/models/${file}`, `dist/workers/models/${file}`);
