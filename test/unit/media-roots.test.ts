import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FabulaError } from '../../schema/errors.js';
import { locateMedia, type MediaRoots, parseMediaRoots } from '../../workers/media/roots.js';
import { analyzeJob } from '../../workers/queue/analyze-job.js';

const codeOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof FabulaError ? error.code : error),
  );

describe('media roots', () => {
  let home: string;
  let roots: MediaRoots;
  const nowhere = async () => assert.fail('nobody is asked');
  const places = () => ({ roots: async () => roots, remote: { read: assert.fail, versionOf: nowhere } });
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'fabula-roots-'));
    await mkdir(join(home, 'films/drama'), { recursive: true });
    await mkdir(join(home, 'more'));
    await writeFile(join(home, 'films/a.mp4'), 'a');
    await writeFile(join(home, 'films/drama/one "two"\nthree.mp4'), 'b');
    await writeFile(join(home, 'more/b.mp4'), 'b');
    await writeFile(join(home, 'secret.mp4'), 's');
    await symlink(join(home, 'secret.mp4'), join(home, 'films/out.mp4'));
    await symlink(join(home, 'films/a.mp4'), join(home, 'films/alias.mp4'));
    await symlink(home, join(home, 'films/up'));
    roots = parseMediaRoots(`films=${home}/films:${home}/more`);
  });
  after(() => rm(home, { recursive: true }));

  it('reads named and unnamed folders, and refuses one name for two', () => {
    assert.deepEqual(
      [...parseMediaRoots('tv=/a/b:/c/films::')],
      [
        ['tv', '/a/b'],
        ['films', '/c/films'],
      ],
    );
    assert.throws(() => parseMediaRoots('/a/films:/b/films'), { code: 'BAD_CONFIG' });
  });

  it('names a file by its root and the real path inside it, wherever it was asked from', async () => {
    const expected = { root: 'films', path: 'a.mp4', file: join(home, 'films/a.mp4') };
    assert.deepEqual(await locateMedia(roots, { path: 'a.mp4' }), expected);
    assert.deepEqual(await locateMedia(roots, { path: './a.mp4' }), expected);
    assert.deepEqual(await locateMedia(roots, { path: join(home, 'films/a.mp4') }), expected);
    assert.deepEqual(await locateMedia(roots, { path: 'alias.mp4', root: 'films' }), expected);
    assert.equal((await locateMedia(roots, { path: 'b.mp4' })).root, 'more');
    assert.equal((await locateMedia(roots, { path: 'drama/one "two"\nthree.mp4' })).root, 'films');
  });

  it('looks at nothing outside the roots', async () => {
    for (const path of ['../secret.mp4', 'drama/../../secret.mp4', 'out.mp4', 'up/secret.mp4', '/etc/passwd', '/no'])
      assert.equal(await codeOf(locateMedia(roots, { path })), 'MEDIA_OUTSIDE_ROOTS', path);
    assert.equal(await codeOf(locateMedia(roots, { path: 'a.mp4', root: 'attic' })), 'MEDIA_OUTSIDE_ROOTS');
    assert.equal(await codeOf(locateMedia(new Map(), { path: 'a.mp4' })), 'MEDIA_OUTSIDE_ROOTS');
  });

  it('says what is wrong with a path inside them', async () => {
    assert.equal(await codeOf(locateMedia(roots, { path: 'nothing.mp4' })), 'MEDIA_NOT_FOUND');
    assert.equal(await codeOf(locateMedia(roots, { path: 'a.mp4/b' })), 'MEDIA_NOT_FOUND');
    assert.equal(await codeOf(locateMedia(roots, { path: `${'x'.repeat(5000)}` })), 'MEDIA_NOT_FOUND');
    assert.equal(await codeOf(locateMedia(roots, { path: 'drama' })), 'MEDIA_NOT_A_FILE');
    assert.equal(await codeOf(locateMedia(roots, { path: 'a\0.mp4' })), 'INVALID_INPUT');
    assert.equal(await codeOf(locateMedia(roots, { path: '' })), 'INVALID_INPUT');
  });

  it('gives one job key to one request, and another when the file, the input or the pipeline changes', async () => {
    const key = async (request: Parameters<typeof analyzeJob>[1], version = '1') =>
      (await analyzeJob(places(), request, version)).key;
    const first = await key({ path: 'b.mp4', title: ' B ' });
    assert.equal(await key({ path: join(home, 'more/b.mp4'), root: 'more', title: 'B' }), first);
    assert.notEqual(await key({ path: 'b.mp4' }), first);
    assert.notEqual(await key({ path: 'b.mp4', title: 'B' }, '2'), first);
    await utimes(join(home, 'more/b.mp4'), 1, 1);
    assert.notEqual(await key({ path: 'b.mp4', title: 'B' }), first);
  });

  it('keeps a job’s input free of this machine’s paths', async () => {
    const { input } = await analyzeJob(places(), { path: join(home, 'films/a.mp4'), subtitles: 'b.mp4' }, '1');
    assert.deepEqual(input, { media: { root: 'films', path: 'a.mp4' }, subtitles: { root: 'more', path: 'b.mp4' } });
  });
});
