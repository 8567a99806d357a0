import { randomInt } from 'node:crypto';
import { FabulaError } from '../../schema/errors.js';
import { emptyNarrative, type Narrative } from '../../schema/narrative.js';
import type { Series } from '../../schema/series.js';
import { narrativeBytes } from '../narrative-text.js';
import type { EpisodeWrite, ScopeWrite } from '../scopes.js';
import { describeCharacters, linkPersons, unlinkPersons } from './characters.js';
import type { Connection, Run } from './connection.js';
import { removeEdits, writeEdits } from './edits.js';
import { dropFiles } from './files.js';
import { seek } from './labels.js';
import { writeNodes } from './node-writes.js';
import { type Bytes, bytesOf, narrativeIn, packed, packVectors } from './packing.js';

/** Thrown inside a transaction, so that it leaves nothing behind. */
class Stale extends Error {}

/** Revisions never repeat, not even of a scope that was removed and came again. */
const newRevision = () => randomInt(1, 2 ** 47);

export function scopeWrites(connection: Connection) {
  return {
    /** One transaction, which begins by locking the scope: who derived from what has changed since is told so. */
    async writeScope(write: ScopeWrite): Promise<'written' | 'stale'> {
      const scopeId = write.seriesId ?? write.loneEpisodeId ?? write.removedEpisodeId;
      if (scopeId === undefined) return 'written';
      try {
        await connection.write((run) => writeAll(run, scopeId, write));
        return 'written';
      } catch (error) {
        if (error instanceof Stale) return 'stale';
        throw error;
      }
    },

    async putSeries({ id, title }: Series): Promise<void> {
      const [held] = await connection.write((run) => mergeSeries(run, id, title));
      if (held?.id !== id) throw new FabulaError('CONFLICT', `Another series has the title ${title}.`);
    },
  };
}

/** The series of a title; of this id where it is new. */
export const mergeSeries = (run: Run, id: string, title: string): Promise<{ id: string; body: string }[]> =>
  run(
    `MERGE (s:Series {title: $title}) ON CREATE SET s:Node, s.id = $id, s.body = $body RETURN s.id AS id, s.body AS body`,
    { id, title, body: JSON.stringify({ id, kind: 'Series', title } satisfies Series) },
  );

async function writeAll(run: Run, scopeId: string, write: ScopeWrite): Promise<void> {
  const { seriesId, episodes, removedEpisodeId } = write;
  const [lock] = await run<{ revision: number; hasSeries: boolean }>(
    `MERGE (s:Scope {id: $scopeId}) SET s.lockedAt = $at
     RETURN coalesce(s.revision, 0) AS revision, EXISTS { (:Series {id: $scopeId}) } AS hasSeries`,
    { scopeId, at: new Date().toISOString() },
  );
  if (seriesId !== undefined && !lock?.hasSeries)
    throw new FabulaError('NOT_FOUND', `No series has the id ${seriesId}.`);
  if (lock?.revision !== write.revision) throw new Stale();
  await run('MATCH (s:Scope {id: $scopeId}) SET s.revision = $revision', { scopeId, revision: newRevision() });
  const touched: string[] = [];
  for (const episode of episodes) touched.push(...(await writeEpisode(run, episode, scopeId, seriesId)));
  await writeEdits(run, write.edits);
  if (removedEpisodeId !== undefined) touched.push(...(await removeEpisode(run, removedEpisodeId)));
  if (touched.length > 0) await describeCharacters(run, touched);
  if (removedEpisodeId === scopeId) await run('MATCH (s:Scope {id: $scopeId}) DETACH DELETE s', { scopeId });
}

/** What the graph holds of an episode. */
interface Held {
  readonly seriesId: string | null;
  readonly media: string | null;
  readonly packed: Bytes;
}

async function heldEpisode(
  run: Run,
  id: string,
): Promise<{ media?: string; seriesId?: string; narrative: Narrative } | undefined> {
  const [held] = await run<Held>(
    `MATCH (e:Episode)-[:ANALYSED_AS]->(a:Analysis {episodeId: $id})
     RETURN e.seriesId AS seriesId, e.mediaSha256 AS media, coalesce(a.effective, a.base) AS packed`,
    { id },
  );
  if (!held) return undefined;
  const { media, seriesId, packed } = held;
  return { ...(media !== null && { media }), ...(seriesId !== null && { seriesId }), narrative: narrativeIn(packed) };
}

/** Writes one episode; returns the characters that its persons were or are. */
async function writeEpisode(
  run: Run,
  write: EpisodeWrite,
  scopeId: string,
  seriesId: string | undefined,
): Promise<readonly string[]> {
  const { episodeId, effective, cast, analysis } = write;
  const held = await heldEpisode(run, episodeId);
  const media = effective.episode.media?.sha256;
  if (media !== undefined) await checkTwin(run, episodeId, media, seriesId);
  const earlier = held ? await unlinkPersons(run, episodeId) : [];
  // In another series all words are found under another scope.
  const isMoved = held !== undefined && held.seriesId !== seriesId;
  const before = isMoved ? await moveOut(run, episodeId, held.narrative) : held?.narrative;
  const { goneImageIds } = await writeNodes(run, before, effective, write.json);
  await run(
    `MATCH (e:Node {id: $episodeId}) ${seek('e')} MATCH (s:Scope {id: $scopeId})
     MERGE (a:Analysis {episodeId: $episodeId}) ON CREATE SET a.since = $now
     MERGE (e)-[:ANALYSED_AS]->(a) MERGE (a)-[:OF]->(s)
     SET a += $properties
     WITH e MATCH (series:Series {id: $scopeId}) MERGE (series)-[:HAS_EPISODE]->(e)`,
    {
      ...{ episodeId, scopeId, now: Date.now() },
      properties: {
        people: JSON.stringify(cast),
        effective: write.isBase ? null : packed(narrativeBytes(effective, write.json)),
        ...(analysis && {
          ...(analysis.base && { base: bytesOf(analysis.base) }),
          members: JSON.stringify(analysis.members),
          ...{ faces: JSON.stringify(analysis.faces), links: JSON.stringify(analysis.links) },
          ...(analysis.vectors && packVectors(analysis.vectors)),
        }),
      },
    },
  );
  const now = await linkPersons(
    run,
    { episodeId, ...(seriesId !== undefined && { seriesId }) },
    cast.persons,
    effective.persons,
  );
  await dropFiles(run, 'IMAGE', goneImageIds);
  if (held?.media !== undefined && held.media !== media) await dropFiles(run, 'MEDIA', [held.media]);
  return [...earlier, ...now];
}

async function checkTwin(run: Run, episodeId: string, media: string, seriesId: string | undefined): Promise<void> {
  const [twin] = await run<{ id: string }>(
    'MATCH (e:Episode {mediaKey: $mediaKey}) WHERE e.id <> $episodeId RETURN e.id AS id',
    { episodeId, mediaKey: JSON.stringify([seriesId ?? '', media]) },
  );
  if (twin) throw new FabulaError('CONFLICT', `This film is in the graph already, as ${twin.id}.`);
}

/** Takes an episode out of its scope, to stand in another: all but its own node, by which its edits hang on it. */
async function moveOut(run: Run, episodeId: string, narrative: Narrative): Promise<Narrative> {
  const bare = emptyNarrative(narrative.episode);
  await writeNodes(run, narrative, bare);
  await run(
    `MATCH (e:Node {id: $episodeId})-[:ANALYSED_AS]->(:Analysis)-[r:OF]->(s:Scope) ${seek('e')} DELETE r
     WITH e, s OPTIONAL MATCH (:Series)-[h:HAS_EPISODE]->(e) DELETE h
     WITH s WHERE s.id = $episodeId DETACH DELETE s`,
    { episodeId },
  );
  return bare;
}

async function removeEpisode(run: Run, id: string): Promise<readonly string[]> {
  const held = await heldEpisode(run, id);
  if (!held) return [];
  const earlier = await unlinkPersons(run, id);
  await removeEdits(run, id);
  const { goneImageIds } = await writeNodes(run, held.narrative, undefined);
  await run('MATCH (a:Analysis {episodeId: $id}) DETACH DELETE a', { id });
  await dropFiles(run, 'IMAGE', goneImageIds);
  if (held.media !== undefined) await dropFiles(run, 'MEDIA', [held.media]);
  return earlier;
}
