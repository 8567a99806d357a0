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
import { unpackEmbedding } from '../workers/detectors/faces/reading-format.js';
import { linkByAverage } from '../workers/detectors/identity/linkage.js';
import { cosineDistance } from '../workers/detectors/unit-vector.js';
import { openModelHost } from '../workers/models/child-host.js';
import type { FaceTrack } from '../workers/people-findings.js';
import { findingsOf } from './identity/analyse.js';
import { groupLabels, round, rowOf, type ShotAt } from './identity/grouping.js';
import { readLabelledFaces } from './identity/label-faces.js';
import { type LabelledFilm, labelledFilms, readLabels } from './identity/labels.js';
import { type KnownFace, verificationAuc } from './identity/score.js';

const videoFolder = '../shared/data/video';
/** Thresholds of plain average linkage: the purest that was known before, one below, and one that merges. */
const plainLimits = [0.15, 0.2, 0.25, 0.35, 0.4];
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
  const findings = await findingsOf(path, folder, models);
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
