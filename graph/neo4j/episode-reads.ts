import { randomUUID } from 'node:crypto';
import type { Episode } from '../../schema/episode.js';
import type { Narrative } from '../../schema/narrative.js';
import type { Series } from '../../schema/series.js';
import { cursorOf, readCursor, rowsToRead } from '../pages.js';
import type { Page, PageRequest } from '../store.js';
import { pageOf, parsed, parsedOrNone } from './answers.js';
import type { Connection } from './connection.js';
import { jsonOf, seek } from './labels.js';
import { type Bytes, narrativeIn, type PackedVectors, withVectors } from './packing.js';
import { mergeSeries } from './scope-writes.js';

interface Body {
  readonly body: string;
}

export function episodeVerbs(connection: Connection) {
  return {
    /** From one property of one node, so that nobody reads half of two narratives. */
    async readNarrative(id: string, layer: 'base' | 'effective'): Promise<Narrative | undefined> {
      const [found] = await connection.readLarge<PackedVectors & { packed: Bytes }>(
        `MATCH (a:Analysis {episodeId: $id})
         RETURN ${layer === 'base' ? 'a.base' : 'coalesce(a.effective, a.base)'} AS packed,
           a.vectorIds AS vectorIds, a.vectorLengths AS vectorLengths, a.vectors AS vectors`,
        { id },
      );
      return found && withVectors(narrativeIn(found.packed), found);
    },

    async episode(id: string): Promise<Episode | undefined> {
      const [found] = await connection.read<Body>(
        `MATCH (e:Node {id: $id}) ${seek('e')} WHERE e:Episode RETURN ${jsonOf('e')} AS body`,
        {
          id,
        },
      );
      return parsedOrNone(found?.body);
    },

    async findEpisode(sha256: string, seriesId?: string): Promise<Episode | undefined> {
      const [found] = await connection.read<Body>(
        `MATCH (e:Episode {mediaKey: $mediaKey}) RETURN ${jsonOf('e')} AS body`,
        {
          mediaKey: JSON.stringify([seriesId ?? '', sha256]),
        },
      );
      return parsedOrNone(found?.body);
    },

    async episodes(request: PageRequest, seriesId?: string): Promise<Page<Episode>> {
      const limit = rowsToRead(request);
      const [title, id] = readCursor('episodes', request.after, 'string', 'string') ?? ['', ''];
      const rows = await connection.read<Body & { title: string; id: string }>(
        `MATCH (e:Episode) WHERE ${seriesId === undefined ? '' : 'e.seriesId = $seriesId AND'} e.title >= $title
           AND (e.title > $title OR e.id > $id)
         RETURN e.title AS title, e.id AS id, ${jsonOf('e')} AS body ORDER BY e.title, e.id LIMIT $limit`,
        { seriesId, title, id, limit },
      );
      return pageOf(
        rows.map((found) => ({ body: found.body, cursor: cursorOf('episodes', found.title, found.id) })),
        request,
      );
    },

    async series(ids: readonly string[]): Promise<readonly (Series | undefined)[]> {
      const rows = await connection.read<{ id: string; body: string }>(
        `UNWIND $ids AS id MATCH (s:Node {id: id}) ${seek('s')} WHERE s:Series RETURN s.id AS id, s.body AS body`,
        { ids: [...new Set(ids)] },
      );
      const byId = new Map(rows.map(({ id, body }) => [id, body]));
      return ids.map((id) => parsedOrNone<Series>(byId.get(id)));
    },

    async ensureSeries(title: string): Promise<Series> {
      const [made] = await connection.write((run) => mergeSeries(run, `series:${randomUUID()}`, title));
      return parsed(made?.body ?? 'null');
    },
  };
}
