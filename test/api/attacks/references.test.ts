import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FabulaError } from '../../../schema/errors.js';
import { readSubtitleFile } from '../../../workers/cue-sources/subtitle-file.js';
import { runFfmpeg } from '../../../workers/media/ffmpeg.js';
import { probeFile } from '../../../workers/media/ffprobe.js';
import { withExternalData, withPlaylistAsSubtitles } from './reference-films.fixture.js';

const said = 'SECRET! ';

describe('A film or subtitle file that refers to others', () => {
  let folder: string;
  let secret: string;
  let elsewhere: Server;
  let asked = 0;
  let address: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabula-references-'));
    secret = join(folder, 'secret.txt');
    await writeFile(secret, said.repeat(200));
    elsewhere = createServer((_request, response) => {
      asked++;
      response.end(said);
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  });
  after(async () => {
    await new Promise((resolve) => elsewhere.close(resolve));
    await rm(folder, { recursive: true });
  });

  const raw = (...options: string[]) => ['-v', 'error', '-f', 'lavfi', '-i', 'color=red:s=8x8:r=10', ...options];

  /** All that can be had of a file through our doors: what is known of it, its pictures, its subtitles. */
  async function allOf(path: string): Promise<string> {
    const ways = [
      probeFile(path).then((found) => JSON.stringify({ ...found, format: { ...found.format, filename: '' } })),
      ...['v', 's', 'a', 'd'].map((stream) =>
        runFfmpeg({
          input: path,
          outputOptions: ['-map', `0:${stream}?`, '-c', 'copy', '-f', stream === 'v' ? 'rawvideo' : 'data'],
          stallMs: 10_000,
        }).then(String),
      ),
      readSubtitleFile(path, 0).then(({ cues }) => JSON.stringify(cues)),
    ];
    const got = await Promise.allSettled(ways);
    for (const each of got) if (each.status === 'rejected') assert.ok(each.reason instanceof FabulaError, each.reason);
    return got.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason))).join('\n');
  }
  const readsNothing = (text: string) => assert.ok(!/SECRET|root:.*:0:0:/.test(text), text.slice(0, 500));

  for (const target of ['secret', '/etc/passwd'])
    it(`reads nothing of ${target}, a QuickTime file whose pictures lie elsewhere`, async () => {
      const plain = join(folder, 'plain.mov');
      execFileSync('ffmpeg', raw('-frames:v', '1', '-c:v', 'rawvideo', '-pix_fmt', 'rgb24', '-y', plain));
      const path = join(folder, 'elsewhere.mov');
      const named = target === 'secret' ? secret : target;
      await writeFile(path, withExternalData(await readFile(plain), named));
      // Somebody who lets ffmpeg follow references gets it: what holds it back is our way to call it.
      const loose = ['-v', 'quiet', '-enable_drefs', '1', '-use_absolute_path', '1', '-i', path, '-f', 'rawvideo', '-'];
      assert.match(String(execFileSync('ffmpeg', loose)), target === 'secret' ? /SECRET/ : /root:.*:0:0:/);
      readsNothing(await allOf(path));
    });

  it('reads nothing, as AVI with a playlist for subtitles', async () => {
    const plain = join(folder, 'plain.avi');
    execFileSync(
      'ffmpeg',
      raw('-map', '0', '-map', '0', '-t', '0.3', '-c:v', 'rawvideo', '-pix_fmt', 'bgr24', '-y', plain),
    );
    const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1.0,\nfile://${secret}\n#EXTINF:1.0,\nhttp://${address}/\n#EXT-X-ENDLIST\n`;
    const path = join(folder, 'playlist.avi');
    await writeFile(path, withPlaylistAsSubtitles(await readFile(plain), playlist));
    readsNothing(await allOf(path));
    assert.equal((await probeFile(path)).streams[0]?.codec_type, 'video');
  });

  const url = () => `file://${secret}`;
  const texts: Record<string, () => string> = {
    'a.ass': () =>
      `[Script Info]\nScriptType: v4.00+\nVideo File: ${secret}\nAudio URI: http://${address}/\n\n[Fonts]\nfontname: ${secret}\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,{\\fn${secret}\\p1}hello\nMovie: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,${secret}\n`,
    'a.srt': () =>
      `1\n00:00:00,000 --> 00:00:01,000\n<font face="${secret}"><img src="http://${address}/"><a href="${url()}">hello</a>\n`,
    'a.vtt': () =>
      `WEBVTT\n\nSTYLE\n@import url("${url()}");\n::cue { background: url(http://${address}/) }\n\n00:00.000 --> 00:01.000\nhello\n`,
    'a.svg': () =>
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "${url()}">]><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><text>&x;</text><image xlink:href="${url()}"/><image xlink:href="http://${address}/"/></svg>`,
    'a.smi': () => `<SAMI><HEAD><LINK REL=stylesheet HREF="${url()}"></HEAD><BODY><SYNC Start=0><P>hello</BODY></SAMI>`,
    'a.ttml': () =>
      `<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY x SYSTEM "${url()}">]><tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="0s" end="1s">&x;</p></div></body></tt>`,
    'a.filter': () => `movie=${secret}`,
    'a.pls': () => `[playlist]\nFile1=${url()}\nFile2=http://${address}/\n`,
  };
  it('reads nothing, as text, whether it is taken for a film or for subtitles', async () => {
    for (const [name, text] of Object.entries(texts)) {
      const path = join(folder, `${name}.mkv`);
      await writeFile(path, text());
      await assert.rejects(probeFile(path), { code: 'FFMPEG_FAILED' }, `${name} is no film`);
      const cues = await readSubtitleFile(path, 0).then(JSON.stringify, String);
      readsNothing(cues);
    }
  });

  it('fetches nothing either', () => assert.equal(asked, 0));
});

describe('A picture that would fill the memory', () => {
  it('is refused before memory is taken for it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fabula-bomb-'));
    const source = ['-v', 'error', '-f', 'lavfi', '-i', 'color=s=16x16:r=1', '-frames:v', '1'];
    const film = execFileSync('ffmpeg', [...source, '-c:v', 'libvpx', '-f', 'ivf', '-']);
    // 75 bytes. A VP8 key frame says after this mark how large its picture is: now 9,000 × 9,000 pixels.
    const mark = film.indexOf('9d012a', 'hex');
    film.writeUInt16LE(9_000, mark + 3);
    film.writeUInt16LE(9_000, mark + 5);
    const path = join(folder, 'bomb.ivf');
    await writeFile(path, film);
    const shrunk = ['-vf', 'scale=16:16', '-f', 'rawvideo', '-pix_fmt', 'gray'];
    assert.equal(execFileSync('ffmpeg', ['-v', 'quiet', '-i', path, ...shrunk, '-']).length, 256, 'ffmpeg would do it');
    const pictures = await runFfmpeg({ input: path, outputOptions: shrunk }).catch((error) => error.code);
    assert.ok(pictures === 'FFMPEG_FAILED' || pictures.length === 0, `${pictures.length} bytes`);
    await rm(folder, { recursive: true });
  });
});
