// Compiles everything to dist/. The shape table is derived from the decorators and written back before a second pass,
// so that `schema/shape.generated.ts` can never lag behind them. `--schema` also writes `schema.graphql` anew; `--clean`
// starts from nothing, as a package must.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const generated = 'schema/shape.generated.ts';
const source = (shape) =>
  `import type { Shape } from './shape.js';\n\n/** Written by the build from the decorated classes (derive-shape.ts). */\nexport const shape: Shape = ${JSON.stringify(shape, null, 2)};\n`;

const compile = () => {
  const { status } = spawnSync('node_modules/.bin/tsc', ['-p', '.'], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
};

if (process.argv.includes('--clean')) rmSync('dist', { recursive: true, force: true });
if (!existsSync(generated)) writeFileSync(generated, source({}));
compile();
const { deriveShape } = await import('./dist/schema/derive-shape.js');
const next = source(deriveShape());
if (readFileSync(generated, 'utf8') !== next) {
  writeFileSync(generated, next);
  compile();
}

// `npx fabula` in a checkout runs this file itself.
chmodSync('dist/src/app/cli.js', 0o755);

// The models' own packages, for installations (install-models.mjs); a checkout has them among its own.
for (const file of ['package.json', 'package-lock.json'])
  copyFileSync(`workers/models/${file}`, `dist/workers/models/${file}`);

// GraphiQL and what it runs on, so that the page at `/` needs no network.
mkdirSync('dist/src/app/graphiql', { recursive: true });
for (const file of [
  ...['index.html', 'page.css', 'page.js', 'examples.js'].map((name) => `src/app/graphiql/${name}`),
  ...['graphiql.min.js', 'graphiql.min.css'].map((name) => `node_modules/graphiql/${name}`),
  'node_modules/react/umd/react.production.min.js',
  'node_modules/react-dom/umd/react-dom.production.min.js',
])
  copyFileSync(file, `dist/src/app/graphiql/${basename(file)}`);
for (const name of ['graphiql', 'react'])
  copyFileSync(`node_modules/${name}/LICENSE`, `dist/src/app/graphiql/${name}.LICENSE`);

if (process.argv.includes('--schema')) {
  const { buildApiSchema, printApiSchema } = await import('./dist/resolvers/schema.js');
  writeFileSync('schema.graphql', printApiSchema(buildApiSchema()));
}
