/** Coloured squares stand for faces: what a contact sheet shows is cut from the right place at the right time. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import type { Keyframe } from '../../schema/keyframe.js';
import type { Narrative } from '../../schema/narrative.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { cropFilm, cropPx } from '../../workers/face-crops.js';
import { hashFile } from '../../workers/file-hash.js';
import { readFrames } from '../../workers/media/frames.js';
import { readFramesAt } from '../../workers/media/frames-at.js';
import { decodeJpegs } from '../../workers/media/jpeg.js';
import { openPictures } from '../../workers/pictures.js';
import { castFilm } from '../cast-films.js';
import { runCli } from './run-cli.js';

const colours = { red: [255, 0, 0], lime: [0, 255, 0], blue: [0, 0, 255], yellow: [255, 255, 0] } as const;
type Colour = keyof typeof colours;
const names = Object.keys(colours) as Colour[];

const sight = (shot: number, actor: number) => ({ shot, actor, isHeard: false });
const cast = castFilm({
  episodeId: 'film',
  sights: [sight(0, 0), sight(0, 1), sight(1, 0), sight(2, 1), sight(3, 2), sight(4, 3), sight(4, 0)],
});
/** An actor wears another colour in each shot, so that a frame too early or too late shows. */
const colourOf = (atMs: number, x: number): Colour => names[(Math.floor(atMs / 2000) + Math.round(x * 4)) % 4]!;

describe('a contact sheet of a film', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'fabula-sheet-'));
  const at = (name: string) => join(folder, name);
  after(() => rmSync(folder, { recursive: true, force: true }));

  const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args]);
  const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-pix_fmt', 'yuv420p', '-g', '250'];

  before(() => {
    mkdirSync(at('films'));
    const squares = cast.appearances.map(({ startMs, endMs, faceBox }) => {
      const { x, y, width, height } = faceBox!;
      return `drawbox=x=${x * 640}:y=${y * 360}:w=${width * 640}:h=${height * 360}:c=${colourOf(startMs, x)}:t=fill:enable='gte(t,${startMs / 1000})*lt(t,${endMs / 1000})'`;
    });
    ffmpeg('-f', 'lavfi', '-i', `color=gray:s=640x360:r=25:d=10,${squares.join(',')}`, ...codec, at('films/plain.mp4'));
    const from = ['-i', at('films/plain.mp4'), '-vf'];
    ffmpeg(...from, 'scale=320:360,setsar=2', ...codec, at('films/anamorphic.mp4'));
    ffmpeg(...from, 'transpose=1', ...codec, at('lying.mp4'));
    ffmpeg('-i', at('lying.mp4'), '-c', 'copy', '-metadata:s:v:0', 'rotate=90', at('films/turned.mp4'));
    ffmpeg(...from, 'setpts=PTS', ...codec, '-f', 'mpegts', at('films/stream.ts'));
  });

  async function assertColour(jpeg: Uint8Array, expected: Colour, about: string): Promise<void> {
    for await (const { rgb } of decodeJpegs([jpeg], { width: cropPx, height: cropPx })) {
      const middle = ((cropPx / 2) * cropPx + cropPx / 2) * 3;
      const seen = [...rgb.subarray(middle, middle + 3)];
      const off = Math.max(...seen.map((value, n) => Math.abs(value - colours[expected][n]!)));
      // Measured: 16 at most.
      assert.ok(off <= 40, `${about}: ${seen} for ${expected}`);
      // A little of what surrounds the face is on the picture too.
      const corner = [...rgb.subarray(0, 3)];
      assert.ok(Math.max(...corner) - Math.min(...corner) < 40, `${about}: ${corner} in the corner`);
    }
  }

  for (const name of ['plain.mp4', 'anamorphic.mp4', 'turned.mp4', 'stream.ts'])
    it(`cuts each face from the right place and frame of ${name}`, async () => {
      const wanted = cast.appearances.map(({ id, atMs, faceBox }) => ({ id, atMs, box: faceBox! }));
      const found = new Map<string, Uint8Array>();
      for await (const { id, jpeg } of cropFilm(at(`films/${name}`), wanted.toReversed())) found.set(id, jpeg);
      assert.equal(found.size, wanted.length);
      for (const { id, atMs, box } of wanted)
        await assertColour(found.get(id)!, colourOf(atMs, box.x), `${name} ${id}`);
    });

  it('finds every single frame of a film, in whatever order it is asked for', async () => {
    const box = cast.appearances[0]!.faceBox!;
    const wanted = Array.from({ length: 250 }, (_, frame) => ({ id: String(frame * 40), atMs: frame * 40, box }));
    const found = new Map<string, Uint8Array>();
    for await (const { id, jpeg } of cropFilm(at('films/plain.mp4'), wanted.toReversed())) found.set(id, jpeg);
    assert.equal(found.size, 250);
    // In shots 1, 2 and 5, an actor is there.
    for (const atMs of [0, 1960, 2000, 3960, 8000, 9960])
      await assertColour(found.get(String(atMs))!, colourOf(atMs, box.x), `frame at ${atMs}`);
    for (const atMs of [4000, 7960])
      await assert.rejects(assertColour(found.get(String(atMs))!, colourOf(atMs, box.x), `frame at ${atMs}`));
  });

  for (const container of ['ts', 'avi', 'h264'])
    it(`finds frames far apart in a container whose seeks come out elsewhere (${container})`, async () => {
      const path = at(`far.${container}`);
      const size = { width: 160, height: 90 };
      const moving = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=10:d=40', '-c:v', 'libx264', '-preset', 'veryfast'];
      ffmpeg(...moving, '-g', '70', '-bf', '2', '-pix_fmt', 'yuv420p', path);
      const frames: { atMs: number; pixels: Buffer }[] = [];
      const whole = { path, ...size, filter: 'scale=160:90:flags=area,setsar=1', pixelFormat: 'rgb24' } as const;
      for await (const { atMs, pixels } of readFrames(whole)) frames.push({ atMs, pixels: Buffer.from(pixels) });
      const wanted = [2, 95, 185, 290, 398].map((n) => frames[n]!);
      let found = 0;
      for await (const { atMs, pixels } of readFramesAt({ path, ...size, momentsMs: wanted.map((one) => one.atMs) })) {
        assert.equal(atMs, wanted[found]?.atMs);
        assert.ok(pixels.equals(wanted[found++]!.pixels), `${atMs} ms`);
      }
      assert.equal(found, wanted.length);
    });

  it('leaves out moments that the film does not last to, and asks ffmpeg for nothing when there are none', async () => {
    const ids: string[] = [];
    const wanted = [
      { id: 'late', atMs: 60_000 },
      { id: 'there', atMs: 40 },
    ];
    for await (const { id } of cropFilm(at('films/plain.mp4'), wanted)) ids.push(id);
    assert.deepEqual(ids, ['there']);
    for await (const { id } of cropFilm(at('films/plain.mp4'), wanted.slice(0, 1))) assert.fail(id);
  });

  describe('by command line', () => {
    let film: Narrative;
    const home = at('home');
    const environment = { FABULA_MEDIA_ROOTS: `films=${at('films')}` };
    const exportSheet = (...args: string[]) =>
      runCli(['export', 'film', '--format', 'contact-sheet', ...args], { home, environment });
    const picturesIn = (page: string) =>
      new Map(
        [...page.matchAll(/<img alt="([^"]+)"[^>]*base64,([^"]+)"/g)].map(([, alt, base64]) => [
          alt!,
          Buffer.from(base64!, 'base64'),
        ]),
      );

    before(async () => {
      const pictures = openPictures(join(home, 'pictures'));
      const keyframe = async (shot: number, atMs: number): Promise<Keyframe> => {
        ffmpeg('-ss', String(atMs / 1000), '-i', at('films/plain.mp4'), '-frames:v', '1', at('keyframe.jpg'));
        const common = { episodeId: 'film', kind: 'Keyframe', provenance: film.episode.provenance } as const;
        const imageId = await pictures.save(readFileSync(at('keyframe.jpg')));
        return {
          ...common,
          ...{ id: `film:keyframe:${atMs}`, atMs, imageId, sharpness: 1, valid: true },
          shotId: film.shots[shot]!.id,
        };
      };
      const media = { root: 'films', path: 'plain.mp4', sha256: await hashFile(at('films/plain.mp4')) };
      film = { ...cast, episode: { ...cast.episode, media, title: 'Squares / 方块', width: 640, height: 360 } };
      film = { ...film, keyframes: [await keyframe(0, 0), await keyframe(1, 3_000)] };
      const store = await openSqliteStore({ file: join(home, 'graph.db'), derive: deriveNarrative });
      await store.replaceEpisode(film);
      await store.close();
    });

    it('shows every appearance, and the same shots as the graph gives for the character', async () => {
      const { status, stdout, stderr } = await exportSheet('-o', at('faces.html'));
      assert.equal(status, 0, stderr);
      assert.equal(stderr, '');
      assert.match(stdout, /faces\.html: 4 characters, 7 faces, 0\.\d MB\n/);
      const page = readFileSync(at('faces.html'), 'utf8');
      const faces = [...picturesIn(page)].filter(([alt]) => alt.startsWith('Face: '));
      assert.equal(faces.length, 7);
      const store = await openSqliteStore({ file: join(home, 'graph.db'), derive: deriveNarrative });
      const characters = await store.charactersOf(film.persons.map(({ id }) => id));
      for (const [n, { id }] of film.persons.entries()) {
        const { id: characterId, name } = characters[n]!;
        const shots = await store.shots('film', { first: 100 }, undefined, { characterIds: [characterId] });
        const section = page.split('<section ').find((part) => part.includes(`data-character="${characterId}"`))!;
        assert.deepEqual(
          [...section.matchAll(/<figcaption><span>shot (\d+)/g)].map(([, ordinal]) => Number(ordinal)),
          shots.edges.map(({ node }) => node.ordinal),
        );
        const { atMs, faceBox } = film.appearances.find(({ personId }) => personId === id)!;
        const [, portrait] = [...picturesIn(page)].find(([alt]) => alt === `Portrait of ${name}`)!;
        await assertColour(portrait, colourOf(atMs, faceBox!.x), name);
      }
      await store.close();
    });

    it('names the file after the title, and says where it cannot be written', async () => {
      const before = process.cwd();
      process.chdir(folder);
      try {
        const { status, stderr } = await exportSheet();
        assert.equal(status, 0, stderr);
        assert.ok(readdirSync(folder).includes('Squares-方块-contact-sheet.html'));
      } finally {
        process.chdir(before);
      }
      const { status, stderr } = await exportSheet('-o', at('nowhere/faces.html'));
      assert.equal(status, 1);
      assert.match(stderr, /^fabula: NOT_FOUND: .*nowhere\/faces\.html cannot be written/);
    });

    it('says which film is missing, and shows keyframes instead', async () => {
      renameSync(at('films/plain.mp4'), at('films/gone.mp4'));
      const { status, stderr } = await exportSheet('-o', at('faces.html'));
      renameSync(at('films/gone.mp4'), at('films/plain.mp4'));
      assert.equal(status, 0, stderr);
      assert.match(stderr, /The film plain\.mp4 \(media root “films”\) cannot be shown\. There is no plain\.mp4/);
      assert.match(stderr, /3 of the faces are shown by keyframes of their shots\.\nOf 4 there is no picture\./);
      const page = readFileSync(at('faces.html'), 'utf8');
      assert.match(page, /<p class="note">The film plain\.mp4/);
      const pictures = [...picturesIn(page)];
      const faces = pictures.filter(([alt]) => /^Face: .* shot 1 /.test(alt));
      assert.equal(faces.length, 2);
      for (const [alt, jpeg] of faces) {
        const theirs = film.appearances.filter(({ atMs }) => atMs === 0);
        const shown = theirs.map(({ faceBox }) => assertColour(jpeg, colourOf(0, faceBox!.x), alt).catch(() => 'no'));
        assert.deepEqual((await Promise.all(shown)).filter((no) => no === undefined).length, 1);
      }
      assert.equal(pictures.filter(([alt]) => /^A picture of the shot: .* shot 2 at 0:02/.test(alt)).length, 1);
    });

    it('does not take another film of the same name for the one that was analysed', async () => {
      renameSync(at('films/plain.mp4'), at('plain.mp4'));
      renameSync(at('films/anamorphic.mp4'), at('films/plain.mp4'));
      const { stderr } = await exportSheet('-o', at('faces.html'));
      renameSync(at('films/plain.mp4'), at('films/anamorphic.mp4'));
      renameSync(at('plain.mp4'), at('films/plain.mp4'));
      assert.match(stderr, /The film plain\.mp4 is not the one that was analysed any more\./);
    });
  });
});
