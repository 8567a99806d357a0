import type { Edit } from '../../schema/edit.js';
import { isOfCharacters } from '../casting.js';
import { cursorOf, readCursor, rowsToRead } from '../pages.js';
import type { EditWrite } from '../scopes.js';
import type { Page, PageRequest } from '../store.js';
import { pageOf } from './answers.js';
import type { Connection, Run } from './connection.js';
import { seek } from './labels.js';

/** Writes edits, in the order in which they are given; must run under the lock of their scope. */
export async function writeEdits(run: Run, edits: readonly EditWrite[]): Promise<void> {
  if (edits.length === 0) return;
  const episodeIds = [...new Set(edits.flatMap((write) => write.episodeIds))];
  const [last] = await run<{ seq: number }>(
    `MATCH (e:Node) ${seek('e')} WHERE e.id IN $episodeIds MATCH (e)<-[:CHANGES]-(x:Edit) RETURN coalesce(max(x.seq), 0) AS seq`,
    { episodeIds },
  );
  // By the clock, so that the edits of episodes that come to one series later are in order too.
  const first = Math.max((last?.seq ?? 0) + 1, Date.now() * 1_000);
  const rows = edits.map(({ edit, episodeIds }, n) => ({
    ...{ id: edit.id, seq: first + n, episodeIds },
    properties: {
      ...{ episodeId: edit.episodeId, at: edit.at, author: edit.author, state: edit.state },
      ...{ operation: edit.operation.operation, field: edit.operation.field, body: JSON.stringify(edit) },
      // Whether it has a say in who is who.
      isOfCast: isOfCharacters(edit) || Boolean(edit.anchor.persons),
    },
  }));
  await run(
    `UNWIND $rows AS row MERGE (x:Edit {id: row.id}) ON CREATE SET x.seq = row.seq SET x += row.properties
     WITH x, row UNWIND row.episodeIds AS episodeId MATCH (e:Node {id: episodeId}) ${seek('e')} MERGE (x)-[:CHANGES]->(e)`,
    { rows },
  );
}

/** Removes an episode's edits; those that concern others too stay with these. */
export async function removeEdits(run: Run, episodeId: string): Promise<void> {
  await run(
    `MATCH (e:Node {id: $episodeId})<-[r:CHANGES]-(x:Edit) ${seek('e')} DELETE r
     WITH x WHERE NOT EXISTS { (x)-[:CHANGES]->(other) WHERE other.id <> $episodeId } DETACH DELETE x`,
    { episodeId },
  );
}

export function editReads(connection: Connection) {
  return {
    async edits(episodeId: string, request: PageRequest): Promise<Page<Edit>> {
      const limit = rowsToRead(request);
      const [after] = readCursor('edits', request.after, 'number') ?? [0];
      const rows = await connection.read<{ seq: number; body: string }>(
        `MATCH (e:Node {id: $episodeId})<-[:CHANGES]-(x:Edit) ${seek('e')} WHERE x.seq > $after
         RETURN x.seq AS seq, x.body AS body ORDER BY seq LIMIT $limit`,
        { episodeId, after, limit },
      );
      return pageOf(
        rows.map(({ seq, body }) => ({ body, cursor: cursorOf('edits', seq) })),
        request,
      );
    },
  };
}
