/** An export that shows nobody and names nobody: real faces, real models. About 12 s of CPU; needs the test data. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import type { Narrative } from '../../schema/narrative.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { readDetected } from '../../workers/detectors/faces/face-finder.js';
import { hashFile } from '../../workers/file-hash.js';
import { readFramesAt } from '../../workers/media/frames-at.js';
import { decodeJpegs } from '../../workers/media/jpeg.js';
import { openPictures } from '../../workers/pictures.js';
import { castFilm } from '../cast-films.js';
import { openStageContext } from '../stage-context.fixture.js';
import { runCli } from './run-cli.js';

const data = '../shared/data/video/palace-drama-90s.mp4';
const size = { width: 640, height: 360 };

describe('an export that shows nobody', function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'fabula-pixelation-'));
  const at = (name: string) => join(folder, name);
  const home = at('home');
  const environment = { FABULA_MEDIA_ROOTS: `films=${at('films')}` };
  let models: Awaited<ReturnType<typeof openStageContext>>;
  const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args]);

  before(async function () {
    if (!existsSync(data)) {
      console.log(`    ${data} is not here: skipped.`);
      this.skip();
    }
    mkdirSync(at('films'));
    writeFileSync(at('names.srt'), '1\n00:00:00,000 --> 00:00:03,000\nMara Keller\n');
    writeFileSync(
      at('meta.txt'),
      ';FFMETADATA1\ntitle=Mara Keller\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle=Mara\n',
    );
    ffmpeg(
      '-ss',
      '1',
      '-t',
      '3',
      '-i',
      data,
      '-i',
      at('names.srt'),
      '-i',
      at('meta.txt'),
      '-map',
      '0',
      '-map',
      '1',
      '-map_metadata',
      '2',
      '-map_chapters',
      '2',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-c:a',
      'aac',
      '-c:s',
      'mov_text',
      at('films/mara.mp4'),
    );
    const sha256 = await hashFile(at('films/mara.mp4'));
    ffmpeg('-ss', '1', '-i', at('films/mara.mp4'), '-frames:v', '1', at('frame.jpg'));
    const imageId = await openPictures(join(home, 'pictures')).save(readFileSync(at('frame.jpg')));
    ffmpeg('-i', at('frame.jpg'), '-vf', 'crop=200:200:340:60', at('portrait.jpg'));
    const portraitId = await openPictures(join(home, 'pictures')).save(readFileSync(at('portrait.jpg')));
    const cast = castFilm({ episodeId: 'film', sights: [{ shot: 0, actor: 0, isHeard: false }] });
    const [shot] = cast.shots;
    const narrative = {
      ...cast,
      episode: {
        ...cast.episode,
        durationMs: 3000,
        title: 'Mara',
        contactSheetId: imageId,
        media: { root: 'films', path: 'mara.mp4', sha256 },
      },
      scenes: cast.scenes.slice(0, 1).map((scene) => ({ ...scene, startMs: 0, endMs: 3000 })),
      shots: [{ ...shot, startMs: 0, endMs: 3000 }],
      appearances: [],
      embeddings: [],
      persons: cast.persons.map((person) => ({
        ...person,
        name: 'Mara Keller',
        portraitId,
        provisional: false,
      })),
      keyframes: [
        {
          id: 'film:keyframe:0001000',
          kind: 'Keyframe',
          episodeId: 'film',
          provenance: cast.episode.provenance,
          shotId: shot!.id,
          atMs: 1000,
          imageId,
          sharpness: 100,
          valid: true,
        },
      ],
    } as unknown as Narrative;
    const store = await openSqliteStore({ file: join(home, 'graph.db'), derive: deriveNarrative });
    await store.replaceEpisode(narrative);
    await store.close();
    models = await openStageContext(data);
  });
  after(async () => {
    await models?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Faces on a picture that a mesh fits. */
  async function facesOn(rgb: Uint8Array): Promise<number> {
    const picture = { rgb: Uint8Array.from(rgb), ...size };
    const find = async () => (await models.models.call('faces.find', picture)).faces;
    const finding = { find, mesh: (cut: typeof picture) => models.models.call('faces.mesh', cut) };
    const seen = await Promise.all((await find()).map((face) => readDetected(finding as never, picture, face)));
    return seen.filter(({ mesh, score }) => mesh && score > 0.5).length;
  }

  it('hides faces on pictures and clip, and leaves no name in bytes or file names', async () => {
    const args = [
      'export',
      'film',
      '--pseudonyms',
      '--pixelate',
      '--pictures',
      at('out'),
      '--clip',
      at('out/clip.mp4'),
    ];
    const more = ['--from', '0.5', '--to', '1.7', '--sound', '-o', at('out/graph.json')];
    const run = await runCli([...args, ...more], { home, environment });
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stderr, /voices tell who speaks/);
    const files = readdirSync(at('out'));
    assert.equal(files.filter((name) => name.endsWith('.jpg')).length, 2);
    for (const name of files)
      for (const text of [name, readFileSync(at(`out/${name}`), 'latin1')])
        assert.doesNotMatch(text, /mara|keller|Exif|x264 - core/i);
    const graph = JSON.parse(readFileSync(at('out/graph.json'), 'utf8')) as Narrative;
    for (const id of [graph.keyframes[0]!.imageId, graph.persons[0]!.portraitId])
      assert.ok(files.includes(`${id}.jpg`));
    assert.equal(graph.episode.contactSheetId, undefined);
    const probed = execFileSync(
      'ffprobe',
      ['-v', 'error', '-show_streams', '-show_chapters', '-show_format', '-of', 'json', at('out/clip.mp4')],
      { encoding: 'utf8' },
    );
    const { streams, chapters } = JSON.parse(probed);
    assert.deepEqual(
      streams.map((stream: { codec_type: string }) => stream.codec_type),
      ['video', 'audio'],
    );
    assert.deepEqual(chapters, []);

    const shown = { before: 0, after: 0 };
    const momentsMs = [600, 1000, 1500];
    for await (const { pixels } of readFramesAt({ path: at('films/mara.mp4'), ...size, momentsMs }))
      shown.before += await facesOn(pixels);
    for await (const { pixels } of readFramesAt({
      path: at('out/clip.mp4'),
      ...size,
      momentsMs: momentsMs.map((ms) => ms - 500),
    }))
      shown.after += await facesOn(pixels);
    for await (const { rgb } of decodeJpegs([readFileSync(at(`out/${graph.keyframes[0]!.imageId}.jpg`))], size))
      shown.after += await facesOn(rgb);
    assert.ok(shown.before >= 3, `${shown.before} faces before`);
    assert.equal(shown.after, 0);
  });

  it('names and shows nobody on a contact sheet', async () => {
    const sheet = ['export', 'film', '--format', 'contact-sheet', '-o', at('sheet.html')];
    const picturesIn = () =>
      [...readFileSync(at('sheet.html'), 'utf8').matchAll(/base64,([^"]+)/g)].map(([, base64]) => base64);
    await runCli(sheet, { home, environment });
    const before = picturesIn();
    const { stderr, status } = await runCli([...sheet, '--pseudonyms', '--pixelate'], { home, environment });
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(readFileSync(at('sheet.html'), 'utf8').replaceAll(/base64,[^"]+/g, ''), /mara|keller|film/i);
    assert.equal(picturesIn().length, before.length);
    assert.ok(before.length > 0 && picturesIn().every((picture) => !before.includes(picture)));
  });

  it('leaves no half clip where it is killed, and refuses what does not go together', async () => {
    const clip = ['export', 'film', '--pixelate', '--clip', at('killed.mp4')];
    await runCli(clip, { home, environment, kill: { lines: 0, afterMs: 2_500 } });
    assert.ok(!existsSync(at('killed.mp4')));
    for (const [args, code] of [
      [['--clip', at('x.mp4')], 'BAD_USAGE'],
      [['--from', '1'], 'BAD_USAGE'],
      [['--pseudonyms', '-o', at('mara.json')], 'BAD_USAGE'],
      [['--pixelate', '--clip', at('x.mp4'), '--from', '9'], 'INVALID_INPUT'],
    ] as const) {
      const { stderr, status } = await runCli(['export', 'film', ...args], { home, environment });
      assert.match(stderr, new RegExp(code));
      assert.notEqual(status, 0);
    }
    assert.ok(!existsSync(at('x.mp4')));
  });
});
