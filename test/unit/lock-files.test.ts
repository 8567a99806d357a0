import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Locked extends Manifest {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = <Kind>(path: string): Kind =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')) as Kind;

const locks = ['package-lock.json', 'workers/models/package-lock.json'].map((path) => ({
  path,
  packages: read<{ packages: Record<string, Locked> }>(path).packages,
}));

describe('the lock files', () => {
  it('name no registry host', () => {
    for (const { path, packages } of locks)
      assert.deepEqual(
        Object.keys(packages).filter((name) => packages[name]?.resolved),
        [],
        path,
      );
  });

  it('hold the packages of every platform, so that npm ci passes on all', () => {
    for (const { path, packages } of locks)
      for (const [name, { optionalDependencies = {} }] of Object.entries(packages))
        for (const optional of Object.keys(optionalDependencies))
          assert.ok(
            packages[`${name}/node_modules/${optional}`]?.version ?? packages[`node_modules/${optional}`]?.version,
            `${path}: ${optional} of ${name}`,
          );
  });

  it('are of exact versions, and the models run on the same ones here and in an installation', () => {
    const own = read<Manifest>('package.json');
    const models = read<Manifest>('workers/models/package.json');
    const all = { ...own.dependencies, ...own.devDependencies };
    for (const [name, version] of Object.entries(all)) assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
    for (const [name, version] of Object.entries(models.dependencies ?? {})) assert.equal(version, all[name], name);
  });
});
