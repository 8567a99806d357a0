import type { ReleasedFiles } from '../store.js';
import type { Connection, Run } from './connection.js';

type FileKind = 'IMAGE' | 'MEDIA';

/**
 * Notes files that an episode needs no more. Others may need them still, or again, and transactions do not see each
 * other's changes: whether anybody does is asked when the list is read.
 */
export async function dropFiles(run: Run, kind: FileKind, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return;
  const rows = hashes.toSorted().map((hash) => ({ key: `${kind} ${hash}`, kind, hash }));
  await run('UNWIND $rows AS row MERGE (f:Released {key: row.key}) SET f = row', { rows });
}

export function fileVerbs(connection: Connection) {
  return {
    async releasedFiles(): Promise<ReleasedFiles> {
      const found = await connection.read<{ kind: FileKind; hash: string }>(
        `MATCH (f:Released)
         WHERE NOT CASE f.kind WHEN 'IMAGE' THEN EXISTS { (n:Node) WHERE n.picture = f.hash }
                               ELSE EXISTS { (e:Episode) WHERE e.mediaSha256 = f.hash } END
         RETURN f.kind AS kind, f.hash AS hash ORDER BY hash`,
      );
      const of = (kind: FileKind) => found.filter((file) => file.kind === kind).map(({ hash }) => hash);
      return { imageIds: of('IMAGE'), mediaSha256s: of('MEDIA') };
    },

    async forgetReleasedFiles({ imageIds, mediaSha256s }: ReleasedFiles): Promise<void> {
      const keys = [...imageIds.map((hash) => `IMAGE ${hash}`), ...mediaSha256s.map((hash) => `MEDIA ${hash}`)];
      await connection.write((run) => run('UNWIND $keys AS key MATCH (f:Released {key: key}) DELETE f', { keys }));
    },
  };
}
