/**
 * Who is who on two films whose faces are labelled (bench/labels): how well embeddings tell people apart, as the model's
 * package gives them and as we do; and how well persons are gathered, beside plain average linkage on all faces.
 *
 *     node dist/bench/identity.bench.js
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArtifacts } from '../workers/artifacts.js';
import { unpackEmbedding } from '../workers/detectors/faces/reading-format.js';
import { linkByAverage } from '../workers/detectors/identity/linkage.js';
import { cosineDistance } from '../workers/detectors/unit-vector.js';
import type { FaceTrack, Findings } from '../workers/findings.js';
import { openFilm } from '../workers/media/film.js';
import { openModelHost } from '../workers/models/child-host.js';
import { openPictures } from '../workers/pictures.js';
import { pipeline } from '../workers/pipeline.js';
import { runStages } from '../workers/run-stages.js';
import { readLabelledFaces } from './identity/label-faces.js';
import { isOn, type LabelledFilm, labelledFilms, readLabels } from './identity/labels.js';
import { type GroupedFace, type KnownFace, scoreGroups, verificationAuc } from './identity/score.js';

const videoFolder = '../shared/data/video';
/** Thresholds of plain average linkage: the purest that was known before, one below, and one that merges. */
const plainLimits = [0.15, 0.2, 0.25, 0.35, 0.4];
/** A labelled face is looked for among readings this near in time. */
const nearMs = 700;

/** The number of the shot that runs at a moment. */
type ShotAt = (atMs: number) => number;

const folder = await mkdtemp(join(tmpdir(), 'fabula-bench-'));
const models = openModelHost({ log: { warn: (fields, message) => console.error(message, fields) } });
try {
  for (const name of labelledFilms) {
    const path = join(videoFolder, `${name}.mp4`);
    if (existsSync(path)) await bench(name, path);
    else console.log(`Needs ${path}, which is not here.`);
  }
} finally {
  await models.close();
  await rm(folder, { recursive: true, force: true });
}

async function bench(name: string, path: string): Promise<void> {
  const labels = await readLabels(name);
  const faces = labels.frames.flatMap((frame) => frame.faces).length;
  console.log(`${labels.film}: ${faces} faces on ${labels.frames.length} frames`);
  const findings = await findingsOf(path);
  const { video } = findings.probe;
  const shotAt = (atMs: number) => findings.shots.shots.findLastIndex(({ startMs }) => startMs <= atMs);
  const read = await readLabelledFaces(path, { width: video.width, height: video.height }, labels, models, shotAt);
  const row = (which: readonly KnownFace[]) => ({
    'all pairs': round(verificationAuc(which, false)),
    'across shots': round(verificationAuc(which, true)),
    faces: which.length,
  });
  const clear = read.filter((face) => face.clear);
  console.table({
    'AUC as packaged, all faces': row(read.map(({ before }) => before)),
    'AUC ours, all faces': row(read.map(({ after }) => after)),
    'AUC as packaged, clear faces': row(clear.map(({ before }) => before)),
    'AUC ours, clear faces': row(clear.map(({ after }) => after)),
  });
  const { tracks } = findings.people;
  const personOf = new Map(
    findings.persons.persons.flatMap((one, person) => one.tracks.map((track) => [track, person])),
  );
  console.table({
    fabula: rowOf(
      groupLabels(labels, tracks, shotAt, (track) => personOf.get(track)),
      labels,
    ),
    ...Object.fromEntries(
      plainLimits.map((limit) => [`average linkage, all faces, ${limit}`, plain(labels, tracks, shotAt, limit)]),
    ),
  });
  console.log(findings.persons.summary, '\n');
}

/** Every embedding by itself, no gate, no track, no constraint; a labelled face goes with the reading nearest to it. */
function plain(labels: LabelledFilm, tracks: readonly FaceTrack[], shotAt: ShotAt, limit: number) {
  const readings = tracks.flatMap((track, index) =>
    track.readings.flatMap(({ atMs, embedding }) =>
      embedding === undefined ? [] : [{ track: index, atMs, vector: unpackEmbedding(embedding) }],
    ),
  );
  const groups = linkByAverage(
    readings.map(() => 1),
    (a, b) => cosineDistance(readings[a]?.vector ?? new Float32Array(), readings[b]?.vector ?? new Float32Array()),
    limit,
  );
  const groupOf = new Map(groups.flatMap((members, group) => members.map((member) => [member, group])));
  return rowOf(
    groupLabels(labels, tracks, shotAt, (track, atMs) => {
      const own = readings.flatMap((reading, index) => (reading.track === track ? [{ ...reading, index }] : []));
      const [nearest] = own.toSorted((a, b) => Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs));
      return nearest && groupOf.get(nearest.index);
    }),
    labels,
  );
}

function groupLabels(
  labels: LabelledFilm,
  tracks: readonly FaceTrack[],
  shotAt: ShotAt,
  groupOf: (track: number, atMs: number) => number | undefined,
): GroupedFace[] {
  return labels.frames.flatMap(({ atMs, faces }) =>
    faces
      .filter(({ who }) => who !== '?')
      .map(({ who, box }) => {
        const track = tracks.findIndex(({ shotStartMs, readings }) => {
          if (shotAt(shotStartMs) !== shotAt(atMs)) return false;
          const [nearest] = readings.toSorted((a, b) => Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs));
          return nearest && Math.abs(nearest.atMs - atMs) <= nearMs && isOn(nearest.box, box);
        });
        return { who, group: track < 0 ? undefined : groupOf(track, atMs) };
      }),
  );
}

function rowOf(grouped: readonly GroupedFace[], { main }: LabelledFilm) {
  const { purity, fragments, mainFound, coverage, groups } = scoreGroups(grouped, main);
  return {
    groups,
    purity: round(purity),
    'fragments a main person': round(fragments),
    'main persons found': `${mainFound} of ${main.length}`,
    'labelled faces in a group': round(coverage),
  };
}

async function findingsOf(path: string): Promise<Findings> {
  const artifacts = openArtifacts(join(folder, 'artifacts'));
  const signal = new AbortController().signal;
  const film = await openFilm(path, artifacts, signal);
  const pictures = openPictures(join(folder, 'pictures'));
  const log = { info() {}, warn: (fields: object, message: string) => console.error(message, fields) };
  const context = { film, settings: {}, models, pictures, scratch: folder, modelsFolder: join(folder, 'models'), log };
  return runStages({ stages: pipeline, artifacts, context, signal, onProgress() {} });
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
