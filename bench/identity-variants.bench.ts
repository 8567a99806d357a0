/**
 * Whether persons stay the same when the labelled films are made over: mirrored, cropped, small, badly coded, slowed
 * down, cut anew, one film after another, a film and its mirror image.
 *
 *     node dist/bench/identity-variants.bench.js [folder that keeps films and findings]
 */

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModelHost } from '../workers/models/child-host.js';
import { findingsOf } from './identity/analyse.js';
import { groupLabels, rowOf } from './identity/grouping.js';
import { labelledFilms, readLabels } from './identity/labels.js';
import {
  type FilmAtHand,
  labelsOf,
  makeVariant,
  oneAfterAnother,
  type Variant,
  variantsOf,
} from './identity/variants.js';

const videoFolder = '../shared/data/video';
const kept = process.argv[2];
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'fabula-bench-')));
const models = openModelHost({ log: { warn: (fields, message) => console.error(message, fields) } });
try {
  await mkdir(join(folder, 'variants'), { recursive: true });
  const films: FilmAtHand[] = [];
  for (const name of labelledFilms) {
    const path = join(videoFolder, `${name}.mp4`);
    if (existsSync(path)) films.push(await openLabelled(name, path));
    else console.log(`Needs ${path}, which is not here.`);
  }
  const rows: Record<string, object> = {};
  for (const variant of [...films.flatMap(variantsOf), ...(films.length > 1 ? [oneAfterAnother(films)] : [])]) {
    rows[variant.name] = await tryVariant(variant);
    console.error(variant.name, rows[variant.name]);
  }
  console.table(rows);
} finally {
  await models.close();
  if (!kept) await rm(folder, { recursive: true, force: true });
}

async function openLabelled(name: string, path: string): Promise<FilmAtHand> {
  const { probe, shots } = await findingsOf(path, folder, models);
  const { width, height } = probe.video;
  return { path, labels: await readLabels(name), width, height, durationMs: shots.durationMs, shots: shots.shots };
}

async function tryVariant(variant: Variant) {
  const path = join(folder, 'variants', `${variant.name.replace(/\W+/g, '-')}.mp4`);
  if (!existsSync(path)) await makeVariant(variant, path);
  const { shots, people, persons } = await findingsOf(path, folder, models);
  const labels = labelsOf(variant);
  const shotAt = (atMs: number) => shots.shots.findLastIndex(({ startMs }) => startMs <= atMs);
  const personOf = new Map(persons.persons.flatMap(({ tracks }, person) => tracks.map((track) => [track, person])));
  const grouped = groupLabels(labels, people.tracks, shotAt, (track) => personOf.get(track));
  return { persons: persons.persons.length, ...rowOf(grouped, labels) };
}
