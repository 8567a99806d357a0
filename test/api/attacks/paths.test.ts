import assert from 'node:assert/strict';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyframeImage } from '../harbour.fixture.js';
import { type Attacked, openAttacked, tokens } from './attacked.fixture.js';
import { stringPlaces } from './string-places.fixture.js';

const requests = {
  analyzeVideo: 'mutation ($input: AnalyzeVideoInput!) { analyzeVideo(input: $input) { id } }',
  importScript: 'mutation ($input: ImportScriptInput!) { importScript(input: $input) { id } }',
  alignScript: 'mutation ($input: AlignScriptInput!) { alignScript(input: $input) { id } }',
} as const;

/** Every argument that takes a path, or a part of one. */
const pathTakers = [
  ['importScript', 'path'],
  ['importScript', 'root'],
  ['alignScript', 'path'],
  ['alignScript', 'root'],
  ['analyzeVideo', 'path'],
  ['analyzeVideo', 'root'],
  ['analyzeVideo', 'subtitles'],
] as const;

/** Codes that say no, and nothing about what lies where. */
const refusal = /^(MEDIA_OUTSIDE_ROOTS|MEDIA_NOT_FOUND|MEDIA_NOT_A_FILE|INVALID_INPUT)$/;

describe('A path that leads out of the media roots', () => {
  let server: Attacked;
  before(async () => {
    server = await openAttacked();
    const { home } = server.api;
    // Beside the root, one whose name begins alike; inside it, links that lead out.
    await mkdir(join(home, 'films-private'));
    await writeFile(join(home, 'films-private/film.mp4'), 'secret');
    await symlink('/etc/passwd', join(home, 'films/passwd.mp4'));
    await symlink(join(home, 'secret.txt'), join(home, 'films/secret.mp4'));
    await symlink('../films-private', join(home, 'films/folder'));
    await symlink('/', join(home, 'films/everything'));
    await symlink('loop', join(home, 'films/loop'));
    await symlink('/proc/self/environ', join(home, 'films/environ.mp4'));
  });
  after(() => server.close());

  const ways = () => [
    '../secret.txt',
    'x/../../secret.txt',
    './../secret.txt',
    '.hidden/../../secret.txt',
    '/etc/passwd',
    '//etc/passwd',
    `${'../'.repeat(20)}etc/passwd`,
    `${server.api.home}/films/../secret.txt`,
    `${server.api.home}/films-private/film.mp4`,
    '..',
    '.',
    '/',
    '',
    '\0',
    'harbour.mp4\0.txt',
    '..\\secret.txt',
    '%2e%2e/secret.txt',
    'file:///etc/passwd',
    'file:/etc/passwd',
    'http://127.0.0.1/',
    'concat:harbour.mp4|/etc/passwd',
    'subfile,,start,0,end,100,,:/etc/passwd',
    'crypto:/etc/passwd',
    'data:text/plain,secret',
    'pipe:0',
    'fd:0',
    '-i',
    '~/.ssh/id_rsa',
    '$(id)',
    'x'.repeat(5000),
    'passwd.mp4',
    'secret.mp4',
    'environ.mp4',
    'folder/film.mp4',
    'everything/etc/passwd',
    'loop',
    'harbour.mp4/',
    'harbour.mp4/../harbour.mp4',
    '%d.mp4',
    'harbour%03d.mp4',
  ];

  it('is tried in every argument of the schema that may be one', () => {
    const places = stringPlaces({ characters: ['', ''], jobId: '' }).map(({ name }) => name);
    assert.deepEqual(
      places
        .filter((name) => /path|root|subtitles|file|folder|name\)$/i.test(name) && !/\(name\)/.test(name))
        .toSorted(),
      pathTakers.map(([mutation, argument]) => `Mutation.${mutation}(input.${argument})`).toSorted(),
    );
  });

  for (const [mutation, argument] of pathTakers)
    it(`is refused as the ${argument} of ${mutation}`, async () => {
      for (const way of ways()) {
        const about = mutation === 'alignScript' ? { episodeId: 'harbour' } : {};
        const input = { ...about, path: 'harbour.mp4', [argument]: way };
        // A root's folder with a slash behind it is that folder.
        for (const root of argument === 'root' ? [{}] : [{}, { root: 'films' }]) {
          const { code, body } = await server.ask(requests[mutation], { input: { ...input, ...root } });
          assert.match(
            code ?? 'no code',
            way === 'harbour.mp4/' ? /./ : refusal,
            `${argument} ${JSON.stringify(way)}: ${body}`,
          );
          assert.ok(!body.includes(server.api.home) || way.includes(server.api.home), body);
        }
      }
      const { data } = JSON.parse((await server.ask('{ jobs { nodes { id } } }')).body);
      assert.equal(data.jobs.nodes.filter(({ id }: { id: string }) => id).length <= 3, true);
    });

  it('cannot be made by correcting what is stored', async () => {
    const correct =
      'mutation ($id: ID!, $field: String!, $value: JSON) { correct(nodeId: $id, field: $field, value: $value) { state } }';
    for (const [id, field, value] of [
      ['harbour', 'media', { root: 'films', path: '../secret.txt', sha256: 'cc'.repeat(32) }],
      ['harbour', 'media.path', '../secret.txt'],
      ['harbour', '__proto__', { path: 'x' }],
      ['harbour', 'constructor', 'x'],
      ['harbour', 'id', '../secret'],
    ] as const) {
      const { code } = await server.ask(correct, { id, field, value });
      assert.equal(code, 'INVALID_INPUT', field);
    }
  });

  it('is refused in every address', async () => {
    const doors = ['/media/films/', '/media/pictures/', '/graphiql/', '/'];
    const encoded = ways().flatMap((way) => [encodeURIComponent(way), encodeURI(way), way.replaceAll('/', '%2f')]);
    for (const door of doors)
      for (const way of encoded.filter((each) => /^[\x21-\x7e]+$/.test(each))) {
        const { status, body } = await server.send(door + way, {
          headers: { authorization: `Bearer ${tokens.viewer}` },
        });
        assert.ok(!/root:.*:0:0:|secret/.test(body.replaceAll('GraphiQL', '')), `${door}${way}`);
        // What remains of `/.` and the like is the page itself.
        const isPage = body.includes('<title>Fabula</title>');
        assert.ok(status >= 400 || isPage, `${door}${way}: ${status}`);
      }
  });

  it('leaves the server as it was', async () => {
    assert.equal((await server.send(`/media/pictures/${keyframeImage}.jpg`)).status, 200);
    await server.assertUnharmed();
  });
});

describe('A film that is replaced by a link after it was analysed', () => {
  it('is not played', async () => {
    const server = await openAttacked();
    const { home } = server.api;
    const film = join(home, 'films/harbour.mp4');
    await rename(film, `${film}.away`);
    await symlink(join(home, 'secret.txt'), film);
    const { status, code, body } = await server.send('/media/films/harbour');
    assert.deepEqual([status, code], [404, 'MEDIA_OUTSIDE_ROOTS']);
    assert.ok(!body.includes(home));
    await server.close();
  });
});
