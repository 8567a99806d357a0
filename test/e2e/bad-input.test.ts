import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnalysisSummary } from '../../workers/analyze.js';
import { runCli } from './run-cli.js';

const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args]);
const picture = (size: string, seconds = 1.5) => ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=25:d=${seconds}`];
const tone = (seconds = 1.5) => ['-f', 'lavfi', '-i', `sine=f=440:d=${seconds}`];
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

describe('bad and odd input', function () {
  this.timeout(240_000);
  let folder: string;
  let home: string;
  const at = (name: string) => join(folder, name);
  const analyze = (name: string, ...options: string[]) => runCli(['analyze', '--json', at(name), ...options], { home });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'fabula-bad-'));
    chmodSync(folder, 0o755);
    home = at('home');
    mkdirSync(at('folder.mp4'));
    ffmpeg(...picture('320x240'), ...tone(), ...x264, at('good.mp4'));
    const good = readFileSync(at('good.mp4'));
    writeFileSync(at('text.mp4'), 'This is not a film.\n'.repeat(100));
    writeFileSync(at('torn.mp4'), good.subarray(0, good.length / 2));
    writeFileSync(at('empty.mp4'), '');
    writeFileSync(at('noise.mp4'), Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256)));
    writeFileSync(
      at('playlist.mp4'),
      '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
    );
    writeFileSync(at('concat.mp4'), "ffconcat version 1.0\nfile '/etc/passwd'\n");
    ffmpeg(...tone(), at('sound-only.m4a'));
    writeFileSync(at('binary.srt'), Buffer.from([0, 1, 2, 3, 255, 254, 0, 0, 7, 9, 200, 201]));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [what, name, code] of [
    ['no file', 'nothing.mp4', 'MEDIA_NOT_FOUND'],
    ['a folder', 'folder.mp4', 'MEDIA_NOT_A_FILE'],
    ['a text file named .mp4', 'text.mp4', 'MEDIA_NOT_VIDEO'],
    ['noise named .mp4', 'noise.mp4', 'MEDIA_NOT_VIDEO'],
    ['an mp4 cut before its index', 'torn.mp4', 'MEDIA_TRUNCATED'],
    ['zero bytes', 'empty.mp4', 'MEDIA_EMPTY'],
    ['sound without picture', 'sound-only.m4a', 'MEDIA_NO_PICTURE'],
    ['a playlist that names a system file', 'playlist.mp4', 'MEDIA_NOT_VIDEO'],
    ['a concat list that names a system file', 'concat.mp4', 'MEDIA_NOT_VIDEO'],
  ] as const)
    it(`refuses ${what} with ${code}, one line and status 1`, async () => {
      const { status, stdout, stderr } = await analyze(name);
      assert.equal(status, 1, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, new RegExp(`fabula: ${code}: .+\\.\n$`));
      assert.doesNotMatch(stderr, /root:x:0/);
      assert.equal(stderr.split('\n').filter((line) => line.startsWith('fabula:')).length, 1, stderr);
    });

  it('refuses subtitles that are none with SUBTITLES_UNREADABLE', async () => {
    const { status, stderr } = await analyze('good.mp4', '--subtitles', at('binary.srt'));
    assert.equal(status, 1);
    assert.match(stderr, /fabula: SUBTITLES_UNREADABLE: /);
  });

  it('reads subtitles in a legacy encoding right', async () => {
    const srt = '1\n00:00:00,100 --> 00:00:01,200\n';
    const gb18030 = Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0xa3, 0xac, 0xca, 0xc0, 0xbd, 0xe7]); // 你好，世界
    writeFileSync(at('legacy.srt'), Buffer.concat([Buffer.from(srt), gb18030, Buffer.from('\n')]));
    const { status, stderr, stdout } = await analyze('good.mp4', '--subtitles', at('legacy.srt'));
    assert.equal(status, 0, stderr);
    const { episodeId } = JSON.parse(stdout) as AnalysisSummary;
    const exported = await runCli(['export', episodeId], { home });
    assert.ok(exported.stdout.includes('"text": "你好，世界"'));
  });

  it('refuses a file that this user may not read, and a home it may not write, with a code', async function () {
    if (process.getuid?.() !== 0) this.skip();
    ffmpeg(...picture('64x48'), ...x264, at('secret.mp4'));
    chmodSync(at('secret.mp4'), 0o600);
    const nobody = 65534;
    const film = await runCli(['analyze', at('secret.mp4')], { home: at('nobody'), uid: nobody });
    if (/Cannot find (module|package)|EACCES.*node/.test(film.stderr)) this.skip(); // the project itself is not readable
    assert.equal(film.status, 1, film.stderr);
    assert.match(film.stderr, /fabula: MEDIA_FORBIDDEN: /);
    chmodSync(at('good.mp4'), 0o644);
    const home = await runCli(['analyze', at('good.mp4')], { home: '/root/fabula-home', uid: nobody });
    assert.equal(home.status, 1, home.stderr);
    assert.match(home.stderr, /fabula: FORBIDDEN: /);
  });

  it('says that the disk is full, and goes on when it no longer is', async function () {
    mkdirSync(at('small'), { recursive: true });
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', at('small')]);
    if (mount.status !== 0) this.skip();
    try {
      const full = await runCli(['analyze', '--json', at('good.mp4')], { home: at('small/home') });
      assert.equal(full.status, 1, full.stderr);
      assert.match(full.stderr, /fabula: DISK_FULL: /);
      execFileSync('mount', ['-o', 'remount,size=64m', at('small')]);
      const again = await runCli(['analyze', '--json', at('good.mp4')], { home: at('small/home') });
      assert.equal(again.status, 0, again.stderr);
    } finally {
      spawnSync('umount', [at('small')]);
    }
  });

  it('says that ffmpeg is missing and how to get it', async () => {
    const run = await runCli(['analyze', at('good.mp4')], {
      home: at('no-ffmpeg'),
      environment: { PATH: at('folder.mp4') },
    });
    assert.equal(run.status, 1);
    assert.match(run.stderr, /fabula: FFMPEG_MISSING: .*install/i);
  });

  it('answers bad usage with status 2 and one line', async () => {
    for (const args of [['analyze'], ['nonsense'], ['serve', '--port', 'x'], ['export', 'ep', '--format', 'xyz']]) {
      const { status, stderr } = await runCli(args, { home });
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, /^fabula: BAD_USAGE: [^\n]+\n$/);
    }
  });

  it('names the variable that is wrong', async () => {
    const { status, stderr } = await runCli(['episodes'], { home, environment: { FABULA_LLM_URL: 'gopher://x' } });
    assert.equal(status, 2);
    assert.match(stderr, /^fabula: BAD_CONFIG: FABULA_LLM_URL .+\n$/);
  });

  it('analyses films that are odd but honest', async () => {
    const films: [name: string, args: string[], expected: { width: number; height: number; gap?: RegExp }][] = [
      ['silent-movie.mp4', [...picture('320x240'), ...x264], { width: 320, height: 240, gap: /no sound/ }],
      ['one-frame.mp4', [...picture('320x240', 0.04), ...x264], { width: 320, height: 240 }],
      [
        'one-pixel.mkv',
        [...picture('64x64'), '-vf', 'scale=1:1', '-c:v', 'ffv1', '-pix_fmt', 'yuv444p'],
        { width: 1, height: 1 },
      ],
      [
        'odd-size.mkv',
        [...picture('320x240'), '-vf', 'scale=321:241', '-c:v', 'ffv1', '-pix_fmt', 'yuv444p'],
        { width: 321, height: 241 },
      ],
      ['ten-bit.mkv', [...picture('320x240'), '-c:v', 'ffv1', '-pix_fmt', 'yuv420p10le'], { width: 320, height: 240 }],
      ['anamorphic.mp4', [...picture('320x240'), ...x264, '-vf', 'setsar=4/3'], { width: 427, height: 240 }],
      [
        'variable-rate.mkv',
        [...picture('320x240', 3), '-vf', "select='lt(n,30)+not(mod(n,3))'", '-fps_mode', 'vfr', '-c:v', 'ffv1'],
        { width: 320, height: 240 },
      ],
      [
        'a path with "quotes", \'spaces\' and\na newline.mp4',
        [...picture('320x240'), ...x264],
        { width: 320, height: 240 },
      ],
      ['-starts-with-a-dash:colon.mp4', [...picture('320x240'), ...x264], { width: 320, height: 240 }],
    ];
    for (const [name, args] of films) ffmpeg(...args, `file:${at(name)}`);
    ffmpeg('-i', at('good.mp4'), '-c', 'copy', '-metadata:s:v:0', 'rotate=90', at('rotated.mp4'));
    films.push(['rotated.mp4', [], { width: 240, height: 320 }]);
    ffmpeg('-i', at('good.mp4'), '-c', 'copy', '-movflags', '+faststart', at('fast.mp4'));
    const fast = readFileSync(at('fast.mp4'));
    writeFileSync(at('torn-fast.mp4'), fast.subarray(0, fast.length * 0.6));
    films.push(['torn-fast.mp4', [], { width: 320, height: 240, gap: /./ }]);

    const run = await runCli(['analyze', '--json', '--', ...films.map(([name]) => at(name))], { home });
    assert.equal(run.status, 0, run.stderr);
    const summaries = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AnalysisSummary);
    assert.equal(summaries.length, films.length, run.stdout);
    for (const [index, [name, , expected]] of films.entries()) {
      const summary = summaries[index]!;
      assert.ok((summary.counts.shots ?? 0) >= 1, `${name} has a shot`);
      assert.ok((summary.counts.scenes ?? 0) >= 1, `${name} has a scene`);
      if (expected.gap) assert.match(summary.gaps.map((gap) => gap.missing).join('\n'), expected.gap, name);
      const { stdout } = await runCli(['export', summary.episodeId], { home });
      const { episode } = JSON.parse(stdout) as { episode: { width: number; height: number } };
      assert.deepEqual([episode.width, episode.height], [expected.width, expected.height], name);
      assert.ok(!stdout.includes(folder), `${name}: no path of this machine leaves in an export`);
    }
  });
});
