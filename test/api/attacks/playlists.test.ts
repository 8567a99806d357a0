import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FabulaError } from '../../../schema/errors.js';
import { runFfmpeg } from '../../../workers/media/ffmpeg.js';
import { probeFile } from '../../../workers/media/ffprobe.js';

/** Endings by which ffmpeg could be led to take a file for what it is not. */
const endings = ['m3u8', 'ts', 'ffconcat', 'mpd', 'sdp', 'asf', 'png', 'mkv'];

describe('A file that names others', () => {
  let folder: string;
  let secret: string;
  let elsewhere: Server;
  let asked = 0;
  let address: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabula-playlists-'));
    secret = join(folder, 'secret.ts');
    // A film that ffmpeg could play if it came to it: what is refused is the way there.
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=64x64:r=10', '-t', '1', secret]);
    elsewhere = createServer((_request, response) => {
      asked++;
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  });
  after(async () => {
    await new Promise((resolve) => elsewhere.close(resolve));
    await rm(folder, { recursive: true });
  });

  const playlists = (): Record<string, string> => ({
    'a playlist (HLS) of what lies beside it':
      '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXTINF:1.0,\nsecret.ts\n#EXT-X-ENDLIST\n',
    'a concat file of what lies beside it': 'ffconcat version 1.0\nfile secret.ts\n',
    'a playlist (HLS)': `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1.0,\nfile://${secret}\n#EXTINF:1.0,\nfile:///etc/passwd\n#EXTINF:1.0,\nhttp://${address}/a.ts\n#EXT-X-ENDLIST\n`,
    'a playlist (HLS) with a map and a key': `#EXTM3U\n#EXT-X-MAP:URI="file:///etc/passwd"\n#EXT-X-KEY:METHOD=AES-128,URI="http://${address}/key"\n#EXTINF:1.0,\nconcat:file:///etc/passwd|file://${secret}\n#EXT-X-ENDLIST\n`,
    'a concat file': `ffconcat version 1.0\nfile '${secret}'\nfile '/etc/passwd'\nfile 'http://${address}/'\n`,
    'a DASH manifest': `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>file://${secret}</BaseURL><SegmentList><SegmentURL media="http://${address}/"/></SegmentList></Representation></AdaptationSet></Period></MPD>`,
    'a session description': `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${address.split(':')[1]} RTP/AVP 96\na=rtpmap:96 H264/90000\n`,
    'a Smooth Streaming or ASX reference': `[Reference]\nRef1=http://${address}/a.asf\n`,
    'an SVG': `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="file:///etc/passwd"/><image xlink:href="http://${address}/"/></svg>`,
    'an IMF packing list': `<?xml version="1.0"?><CompositionPlaylist xmlns="http://www.smpte-ra.org/schemas/2067-3/2016"><Id>urn:uuid:0</Id></CompositionPlaylist>`,
  });

  const refused = async (path: string, name: string) => {
    for (const [way, attempt] of Object.entries({
      probe: () => probeFile(path),
      frames: () =>
        runFfmpeg({
          input: path,
          outputOptions: ['-map', '0:v:0', '-f', 'rawvideo', '-pix_fmt', 'gray'],
          stallMs: 10_000,
        }),
    }))
      await assert.rejects(attempt, (error: unknown) => {
        assert.ok(error instanceof FabulaError, `${name}, ${way}: ${error}`);
        assert.equal(error.code, 'FFMPEG_FAILED', `${name}, ${way}`);
        assert.ok(!/root:|secret/.test(`${error.message} ${error.hint}`), error.message);
        return true;
      });
  };

  it('is refused and opens nothing, whatever it is called', async () => {
    for (const [index, [name, text]] of Object.entries(playlists()).entries())
      for (const ending of [endings[index % endings.length], 'mp4']) {
        const path = join(folder, `list-${index}.${ending}`);
        await writeFile(path, text);
        await refused(path, `${name} as .${ending}`);
      }
    assert.equal(asked, 0);
  }).timeout(120_000);

  it('is refused where its name is a protocol or a pattern', async () => {
    await mkdir(join(folder, 'frames'));
    // Two pictures that a pattern would find.
    for (const number of [1, 2]) await copyFile(secret, join(folder, `frames/frame${number}.png`));
    for (const path of [
      `concat:${secret}|${secret}`,
      `subfile,,start,0,end,0,,:${secret}`,
      `http://${address}/film.mp4`,
      `tcp://${address}`,
      `crypto:${secret}`,
      `async:${secret}`,
      `cache:${secret}`,
      'data:text/plain,x',
      'pipe:0',
      'fd:0',
      'lavfi:color=red',
      `movie=${secret}`,
      join(folder, 'frames/frame%d.png'),
      join(folder, 'frames/*.png'),
      '-version',
    ])
      await refused(path, path);
    assert.equal(asked, 0);
  }).timeout(120_000);

  it('is told from a film', async () => {
    assert.ok((await readFile(secret)).length > 1000);
    assert.equal((await probeFile(secret)).streams.length, 1);
  });
});
