/**
 * What a model still knows of people after pixelation: stills and a clip of labelled films, beside the same pictures as
 * they were, in one run. Found: labelled faces that the detector and the mesh find again. Alike: mean cosine likeness
 * of a face to those of the same person on other pictures, as they were; and of other people. AUC: how well the one is
 * told from the other, .5 is chance; embeddings are read where the face is known to be, as an attacker would.
 *
 *     node dist/bench/pixelation.bench.js [FOLDER [N [FILM]]]    (default: ../shared/data/video, every picture, all films)
 *
 * With N, every nth labelled picture: all of them take some minutes of CPU; the clip is shorter then, too.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Box } from '../schema/box.js';
import { openStageContext } from '../test/stage-context.fixture.js';
import { type FindingModels, findOnParts, readDetected } from '../workers/detectors/faces/face-finder.js';
import { alignedSquare } from '../workers/detectors/faces/face-squares.js';
import { cutSquare, type RgbPicture } from '../workers/detectors/rgb-picture.js';
import { cosineDistance } from '../workers/detectors/unit-vector.js';
import { readFramesAt } from '../workers/media/frames-at.js';
import { decodeJpegs, encodeJpegs } from '../workers/media/jpeg.js';
import { toYuv420 } from '../workers/media/yuv.js';
import { alignedSidePx, type FacePoints, type ModelHost } from '../workers/models/host.js';
import { pixelateClip } from '../workers/pixelation/pixelate-clip.js';
import { pixelatePicture } from '../workers/pixelation/pixelate-pictures.js';
import { probeFilm } from '../workers/stages/probe.js';
import { writeWhole } from '../workers/write-whole.js';

const folder = process.argv[2] ?? '../shared/data/video';
const every = Number(process.argv[3] ?? 1);
const only = process.argv[4] ?? '';
const clipMs = every === 1 ? 8_000 : 2_500;
const films = [
  { name: 'palace-drama-90s', size: { width: 640, height: 360 }, clip: { startMs: 5_000, endMs: 5_000 + clipMs } },
  { name: 'sintel-trailer-480p', size: { width: 854, height: 480 }, clip: { startMs: 12_000, endMs: 12_000 + clipMs } },
] as const;

interface Labelled {
  readonly atMs: number;
  readonly faces: readonly { readonly who: string; readonly box: Box }[];
}

interface KnownFace {
  readonly who: string;
  readonly atMs: number;
  readonly points: FacePoints;
  readonly embedding: Float32Array;
}

/** One face as it is shown now: whether it is found, and whom it is like. */
interface Probe {
  readonly who: string;
  readonly atMs: number;
  readonly found: boolean;
  readonly embedding: Float32Array;
}

const finding = (models: ModelHost): FindingModels => ({
  find: async (picture) => (await models.call('faces.find', picture)).faces,
  mesh: (cut) => models.call('faces.mesh', cut),
});

const embed = async (models: ModelHost, picture: RgbPicture, points: FacePoints) =>
  (await models.call('faces.embed', cutSquare(picture, alignedSquare(points), alignedSidePx))).embedding;

/** Faces that a detector finds and a mesh fits, with their middle in the labelled box. */
async function findAt(models: ModelHost, picture: RgbPicture, box: Box): Promise<FacePoints | undefined> {
  const looks = finding(models);
  const faces = [...(await looks.find(picture)), ...(await findOnParts(looks, picture))];
  for (const face of faces) {
    const [x, y] = [
      (face.box.x + face.box.width / 2) / picture.width,
      (face.box.y + face.box.height / 2) / picture.height,
    ];
    if (x < box.x || x > box.x + box.width || y < box.y || y > box.y + box.height) continue;
    const seen = await readDetected(looks, picture, face);
    if (seen.mesh) return seen.points;
  }
  return undefined;
}

const likeness = (a: Float32Array, b: Float32Array) => 1 - cosineDistance(a, b);

function row(name: string, probes: readonly Probe[], gallery: readonly KnownFace[]) {
  const [same, other]: [number[], number[]] = [[], []];
  for (const probe of probes)
    for (const known of gallery)
      if (known.atMs !== probe.atMs)
        (known.who === probe.who ? same : other).push(likeness(probe.embedding, known.embedding));
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
  const wins = same.flatMap((a) => other.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
  return {
    pictures: name,
    faces: probes.length,
    found: probes.filter(({ found }) => found).length,
    same: mean(same).toFixed(3),
    other: mean(other).toFixed(3),
    AUC: other.length > 0 && same.length > 0 ? mean(wins).toFixed(3) : '-',
  };
}

async function probeFaces(
  models: ModelHost,
  picture: RgbPicture,
  known: readonly KnownFace[],
  labels: Labelled,
): Promise<Probe[]> {
  const probes: Probe[] = [];
  for (const { who, atMs, points } of known.filter((face) => face.atMs === labels.atMs)) {
    const box = labels.faces.find((face) => face.who === who)?.box;
    const found = box !== undefined && (await findAt(models, picture, box)) !== undefined;
    probes.push({ who, atMs, found, embedding: await embed(models, picture, points) });
  }
  return probes;
}

for (const { name, size, clip } of films.filter((film) => film.name.includes(only))) {
  const path = join(folder, `${name}.mp4`);
  const labels = JSON.parse(await readFile(`bench/labels/${name}.json`, 'utf8')) as {
    readonly frames: readonly Labelled[];
  };
  const frames = labels.frames
    .filter(({ faces }) => faces.some(({ who }) => who !== '?'))
    .filter(({ atMs }, n) => n % every === 0 || (atMs >= clip.startMs && atMs < clip.endMs));
  const { models, scratch, close } = await openStageContext(path);
  const lookout = { models };
  try {
    const gallery: KnownFace[] = [];
    const stills: Probe[] = [];
    const momentsMs = frames.map(({ atMs }) => atMs);
    const pictures = new Map<number, RgbPicture>();
    for await (const { atMs, pixels } of readFramesAt({ path, ...size, momentsMs }))
      pictures.set(atMs, { rgb: Uint8Array.from(pixels), ...size });
    for (const frame of frames) {
      const picture = pictures.get(frame.atMs);
      if (!picture) continue;
      for (const { who, box } of frame.faces) {
        const points = who === '?' ? undefined : await findAt(models, picture, box);
        if (points) gallery.push({ who, atMs: frame.atMs, points, embedding: await embed(models, picture, points) });
      }
    }
    for (const frame of frames) {
      const picture = pictures.get(frame.atMs);
      if (!picture) continue;
      async function* plane(shown: RgbPicture) {
        yield toYuv420(shown);
      }
      for await (const jpeg of encodeJpegs(plane(picture), size)) {
        const { jpeg: hidden } = await pixelatePicture(Uint8Array.from(jpeg), () => [], lookout);
        for await (const shown of decodeJpegs([hidden], size))
          stills.push(...(await probeFaces(models, { ...shown, rgb: Uint8Array.from(shown.rgb) }, gallery, frame)));
      }
    }
    const people = new Set(gallery.map(({ who }) => who)).size;
    console.log(`${name}: ${gallery.length} labelled faces that the detector and the mesh find, of ${people} people`);
    const asTheyWere = gallery.map((face) => ({ ...face, found: true }));
    console.table([row('as they were', asTheyWere, gallery), row('stills', stills, gallery)]);
    const cut = join(scratch, 'clip.mp4');
    const started = process.cpuUsage();
    await writeWhole(
      cut,
      pixelateClip({ path, probe: await probeFilm(path), ...clip, known: [], sound: false, lookout }),
    );
    const own = process.cpuUsage(started);
    const inClip = frames.filter(({ atMs }) => atMs >= clip.startMs && atMs < clip.endMs - 100);
    const moving: Probe[] = [];
    for await (const { atMs, pixels } of readFramesAt({
      path: cut,
      ...size,
      momentsMs: inClip.map(({ atMs }) => atMs - clip.startMs),
    })) {
      const frame = inClip.find((each) => each.atMs === atMs + clip.startMs);
      if (frame) moving.push(...(await probeFaces(models, { rgb: Uint8Array.from(pixels), ...size }, gallery, frame)));
    }
    console.table([row(`clip, ${(clip.endMs - clip.startMs) / 1000} s`, moving, gallery)]);
    console.log(
      `the clip took this process ${((own.user + own.system) / 1e6).toFixed(1)} s of CPU, without ffmpeg and the models`,
    );
  } finally {
    await close();
    await rm(scratch, { recursive: true, force: true });
  }
}
