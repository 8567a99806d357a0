/**
 * Copies graphs from one store to another: series, and episodes with their base narratives, people's edits, and who is
 * who; not jobs, and no list of files that nobody needs.
 */
import { deflateRawSync } from 'node:zlib';
import type { Edit } from '../schema/edit.js';
import { FabulaError } from '../schema/errors.js';
import type { Series } from '../schema/series.js';
import { jsonOfNodes, narrativeBytes } from './narrative-text.js';
import { pagesOf } from './pages.js';
import type { EditWrite, Scope, ScopedStore } from './scopes.js';
import { takeVectors } from './vectors.js';

export interface Copied {
  readonly episodes: number;
  readonly series: number;
  readonly edits: number;
}

/**
 * Copies all that `from` holds, episode by episode, each whole. What `to` has of the same series and lone episodes is
 * replaced, so that an interrupted copy can be run again. CONFLICT where `to` has episodes of such a series that
 * `from` has not, or another series of that title: who is who in them would be lost.
 */
export async function copyGraph(from: ScopedStore, to: ScopedStore): Promise<Copied> {
  const done = { episodes: 0, series: new Set<string>(), edits: 0 };
  for await (const episodes of pagesOf((page) => from.episodes(page)))
    for (const { id, seriesId } of episodes) {
      if (seriesId !== undefined && done.series.has(seriesId)) continue;
      if (seriesId !== undefined) done.series.add(seriesId);
      const scope = await from.scopes.scope({ of: 'episode', id }, true);
      if (!scope) continue;
      const copied = await copyScope(from, to, scope);
      done.episodes += copied.episodes;
      done.edits += copied.edits;
    }
  return { ...done, series: done.series.size };
}

async function copyScope(from: ScopedStore, to: ScopedStore, scope: Scope) {
  const { seriesId } = scope;
  if (seriesId !== undefined) await copySeries(from, to, seriesId);
  const episodeIds = scope.episodes.map(({ episodeId }) => episodeId);
  const place = seriesId === undefined ? { loneEpisodeId: episodeIds[0] ?? '' } : { seriesId };
  const held = () =>
    to.scopes.scope(
      seriesId === undefined ? { of: 'episode', id: place.loneEpisodeId ?? '' } : { of: 'series', id: seriesId },
      false,
    );
  const stranger = (await held())?.episodes.find(({ episodeId }) => !episodeIds.includes(episodeId));
  if (stranger)
    throw new FabulaError(
      'CONFLICT',
      `The store to copy to has the episode ${stranger.episodeId} in this series; the other has not.`,
      'Delete it there, or copy to an empty store.',
    );

  const edits = new Map<string, { seq: number; edit: Edit; episodeIds: string[] }>();
  for (const episode of scope.episodes) {
    const { episodeId, cast, members, faces, links } = episode;
    const [grounds] = await from.scopes.grounds([episodeId]);
    const [base, effective] = [
      await from.readNarrative(episodeId, 'base'),
      await from.readNarrative(episodeId, 'effective'),
    ];
    if (!grounds || !base || !effective) continue;
    for (const { seq, edit } of grounds.edits) {
      const known = edits.get(edit.id) ?? { seq, edit, episodeIds: [] };
      known.episodeIds.push(episodeId);
      edits.set(edit.id, known);
    }
    const { narrative, vectors } = takeVectors(base);
    const baseBytes = narrativeBytes(narrative, jsonOfNodes(narrative));
    const shown = takeVectors(effective).narrative;
    const json = jsonOfNodes(shown);
    const isBase = narrativeBytes(shown, json).equals(baseBytes);
    const analysis = { base: deflateRawSync(baseBytes, { level: 1 }), members, faces, links, vectors };
    await put({
      ...place,
      episodes: [{ episodeId, effective: shown, isBase, json, cast, analysis }],
      edits: [],
    });
  }
  const inOrder: EditWrite[] = [...edits.values()].toSorted((a, b) => a.seq - b.seq);
  if (inOrder.length > 0) await put({ ...place, episodes: [], edits: inOrder });
  return { episodes: scope.episodes.length, edits: inOrder.length };

  async function put(write: Omit<Parameters<ScopedStore['scopes']['writeScope']>[0], 'revision'>): Promise<void> {
    const revision = (await held())?.revision ?? 0;
    if ((await to.scopes.writeScope({ ...write, revision })) === 'stale')
      throw new FabulaError('CONFLICT', 'Somebody is writing to the store to copy to.', 'Copy again when nobody is.');
  }
}

async function copySeries(from: ScopedStore, to: ScopedStore, id: string): Promise<void> {
  const [series] = await from.series([id]);
  if (series) await to.scopes.putSeries(series satisfies Series);
}
