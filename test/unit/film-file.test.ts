import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArtifacts } from '../../workers/artifacts.js';
import { openFilm } from '../../workers/media/film.js';

describe('openFilm', () => {
  let folder: string;
  const remembering = () => openArtifacts(join(folder, 'artifacts'));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabula-test-'));
    await writeFile(join(folder, 'film.mp4'), 'abc');
    await writeFile(join(folder, 'empty.mp4'), '');
    await mkdir(join(folder, 'folder.mp4'));
    await symlink(join(folder, 'round.mp4'), join(folder, 'round.mp4'));
  });
  after(() => rm(folder, { recursive: true }));

  it('hashes the content', async () => {
    const { sha256 } = await openFilm(join(folder, 'film.mp4'), remembering());
    assert.equal(sha256, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('remembers the hash until the file changes', async () => {
    const path = join(folder, 'growing.mp4');
    await writeFile(path, 'abc');
    const artifacts = remembering();
    const recalled: (string | undefined)[] = [];
    const recall = async (key: string) => {
      const sha256 = await artifacts.recall(key);
      recalled.push(sha256);
      return sha256;
    };
    const spying = { ...artifacts, recall };
    const first = await openFilm(path, spying);
    await openFilm(path, spying);
    await appendFile(path, 'd');
    const third = await openFilm(path, spying);
    assert.deepEqual(recalled, [undefined, first.sha256, undefined]);
    assert.notEqual(third.sha256, first.sha256);
  });

  for (const [name, code] of [
    ['missing.mp4', 'MEDIA_NOT_FOUND'],
    ['film.mp4/inside.mp4', 'MEDIA_NOT_FOUND'],
    ['folder.mp4', 'MEDIA_NOT_A_FILE'],
    ['round.mp4', 'MEDIA_NOT_A_FILE'],
    ['empty.mp4', 'MEDIA_EMPTY'],
  ] as const)
    it(`refuses ${name} with ${code}`, () => assert.rejects(openFilm(join(folder, name), remembering()), { code }));
});
