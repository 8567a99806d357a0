/** Holds the arrows of design.md: which folder may import which, and what has one place only. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));
const rooms = ['schema', 'src/narrative', 'src/formats', 'graph', 'workers', 'resolvers', 'src/app'] as const;
type Room = (typeof rooms)[number];

interface Import {
  /** From the project's root, with `.ts`. */
  readonly file: string;
  /** A file of the project, or a package or `node:` module. */
  readonly target: string;
  /** Gone after compilation. */
  readonly typesOnly: boolean;
}

/** Files of `schema/` without decorators: those who take nouns as types may use them at run time. */
const plainSchema = [
  'correction',
  'edges',
  'enums',
  'errors',
  'invariants',
  'narrative',
  'scalars',
  'shape',
  'shape-check',
  'shape-fit',
  'shape.generated',
].map((name) => `schema/${name}.ts`);
const nounsAsTypes = ({ target, typesOnly }: Import) =>
  inside(target, 'schema') && (typesOnly || plainSchema.includes(target));
const inside = (path: string, folder: string) => path.startsWith(`${folder}/`);
const isFile = (target: string) => target.endsWith('.ts');

/** Room → whether it may import that; packages are looked at by the other rules. */
const arrows: Record<Room, (found: Import) => boolean> = {
  schema: (found) => (plainSchema.includes(found.file) ? nounsAsTypes(found) : inside(found.target, 'schema')),
  'src/narrative': (found) => nounsAsTypes(found) || inside(found.target, 'src/narrative'),
  'src/formats': (found) =>
    nounsAsTypes(found) || inside(found.target, 'src/formats') || inside(found.target, 'src/narrative'),
  graph: (found) => nounsAsTypes(found) || inside(found.target, 'graph'),
  workers: ({ target }) =>
    ['schema', 'src/narrative', 'src/formats', 'workers'].some((room) => inside(target, room)) ||
    target === 'graph/store.ts',
  resolvers: ({ target }) =>
    ['schema', 'src/narrative', 'src/formats', 'resolvers'].some((room) => inside(target, room)) ||
    ['graph/store.ts', 'workers/queue/queue.ts'].includes(target),
  'src/app': ({ target }) => rooms.some((room) => inside(target, room)),
};

/** Package → the only files that may import it (a folder ends in `/`). */
const places: Readonly<Record<string, readonly string[]>> = {
  'type-graphql': ['schema/', 'resolvers/', 'src/app/'],
  'graphql-scalars': ['schema/', 'resolvers/'],
  'better-sqlite3': ['graph/sqlite/'],
  'sqlite-vec': ['graph/sqlite/'],
  'neo4j-driver': ['graph/neo4j/'],
  'fluent-ffmpeg': ['workers/media/ffmpeg.ts'],
  bull: ['workers/queue/bull.ts'],
  ioredis: ['workers/queue/'],
  'onnxruntime-node': ['workers/models/'],
  '@tensorflow/tfjs-core': ['workers/models/graph-model.ts'],
  '@tensorflow/tfjs-converter': ['workers/models/graph-model.ts'],
  '@tensorflow/tfjs-backend-wasm': ['workers/models/graph-model.ts'],
  '@apollo/server': ['src/app/', 'resolvers/'],
  express: ['src/app/'],
  pino: ['src/app/log.ts'],
  'prom-client': ['src/app/telemetry/'],
  ...Object.fromEntries(
    ['api', 'exporter-trace-otlp-proto', 'resources', 'sdk-trace-node'].map((name) => [
      `@opentelemetry/${name}`,
      ['src/app/telemetry/otlp.ts'],
    ]),
  ),
};
const graphqlPackages = /^(type-graphql|graphql|graphql-scalars|reflect-metadata|class-validator)$/;

/** Why an import is not allowed; undefined when it is. */
function objection(found: Import): string | undefined {
  const room = rooms.find((candidate) => inside(found.file, candidate));
  if (!room) return undefined;
  const arrow = `${found.file} → ${found.target}`;
  if (isFile(found.target)) return arrows[room](found) ? undefined : `${arrow}${found.typesOnly ? ' (types)' : ''}`;
  const name = found.target
    .split('/')
    .slice(0, found.target.startsWith('@') ? 2 : 1)
    .join('/');
  if (
    !(places[name] ?? ['']).some((place) =>
      place.endsWith('.ts') ? found.file === place : found.file.startsWith(place),
    )
  )
    return `${arrow}: ${name} has its own place`;
  if (room === 'src/narrative') return `${arrow}: analyses are pure`;
  if (room === 'schema' && !graphqlPackages.test(name)) return `${arrow}: only graphql packages`;
  return undefined;
}

const withoutComments = (source: string) => source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

function importsOf(file: string, source: string): Import[] {
  const text = withoutComments(source);
  const found: Import[] = [];
  const add = (specifier: string | undefined, typesOnly: boolean) => {
    if (!specifier) return;
    const target = specifier.startsWith('.') ? join(dirname(file), specifier).replace(/\.js$/, '.ts') : specifier;
    found.push({ file, target, typesOnly });
  };
  for (const [, keyword, names = '', specifier] of text.matchAll(
    /^(?:import|export) (type )?([\w*{][^'";]*?) from '([^']+)'/gm,
  )) {
    const listed = /^\{([\s\S]*)\}$/
      .exec(names)?.[1]
      ?.split(',')
      .map((name) => name.trim());
    add(
      specifier,
      keyword !== undefined || (listed?.every((name) => name === '' || name.startsWith('type ')) ?? false),
    );
  }
  for (const [, specifier] of text.matchAll(/^import '([^']+)'/gm)) add(specifier, false);
  for (const [, specifier] of text.matchAll(/\bimport\('([^']+)'\)/g)) add(specifier, false);
  for (const [, specifier] of text.matchAll(/new URL\('(\.[^']+\.js)', import\.meta\.url\)/g)) add(specifier, false);
  return found;
}

const files: { readonly name: string; readonly source: string }[] = rooms
  .flatMap((room) =>
    readdirSync(join(project, room), { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`),
  )
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, source: readFileSync(join(project, name), 'utf8') }));

const where = (forbidden: RegExp, allowed: (name: string) => boolean) =>
  files.filter(({ name, source }) => !allowed(name) && forbidden.test(withoutComments(source))).map(({ name }) => name);

describe('the architecture', () => {
  it('lets imports follow the arrows of the design only', () => {
    const found = files.flatMap(({ name, source }) => importsOf(name, source));
    assert.ok(found.length > 200, `only ${found.length} imports were found`);
    assert.deepEqual(found.map(objection).filter(Boolean), []);
  });

  it('tells forbidden imports from allowed ones', () => {
    const say = (file: string, source: string) => importsOf(file, source).map(objection)[0];
    assert.equal(say('graph/a.ts', "import type { Shot } from '../schema/shot.js';"), undefined);
    assert.equal(say('graph/a.ts', "import { type Shot } from '../schema/shot.js';"), undefined);
    assert.equal(say('graph/a.ts', "import { FabulaError } from '../schema/errors.js';"), undefined);
    assert.equal(say('graph/a.ts', "import { Shot } from '../schema/shot.js';"), 'graph/a.ts → schema/shot.ts');
    assert.equal(
      say('graph/a.ts', "import {\n  type Scene,\n  Shot,\n} from '../schema/shot.js';"),
      'graph/a.ts → schema/shot.ts',
    );
    assert.equal(say('graph/a.ts', "export { Shot } from '../schema/shot.js';"), 'graph/a.ts → schema/shot.ts');
    assert.equal(
      say('workers/a.ts', "await import('../graph/sqlite/open.js');"),
      'workers/a.ts → graph/sqlite/open.ts',
    );
    assert.match(say('resolvers/a.ts', "import type { X } from '../workers/stage.js';") ?? '', /types/);
    assert.match(say('workers/a.ts', "import Database from 'better-sqlite3';") ?? '', /own place/);
    assert.match(say('src/narrative/a.ts', "import { readFile } from 'node:fs/promises';") ?? '', /pure/);
    assert.match(say('schema/a.ts', "import x from 'node:path';") ?? '', /graphql packages/);
    assert.match(say('src/app/a.ts', "import { x } from '../../test/x.js';") ?? '', /test/);
  });

  it('has decorators in schema/ and resolvers/ only', () => {
    const decorated = (name: string) => inside(name, 'schema') || inside(name, 'resolvers');
    assert.deepEqual(where(/^\s*@[A-Z]\w*\(/m, decorated), []);
    assert.deepEqual(
      where(/^\s*@[A-Z]\w*\(/m, (name) => !plainSchema.includes(name)),
      [],
    );
  });

  it('reads the environment in config.ts only', () => {
    assert.deepEqual(
      // The model child is handed the environment as it is, with two words to malloc; nothing is read from it.
      where(/(?<!\.\.\.)\bprocess\.env\b/, (name) => name === 'src/app/config.ts'),
      [],
    );
  });

  it('names files for what is in them', () => {
    const nameless = /(^|[/-])(utils?|helpers?|types|common|misc|shared)([-./]|$)/;
    assert.deepEqual(
      files.map(({ name }) => name).filter((name) => nameless.test(name)),
      [],
    );
  });
});
