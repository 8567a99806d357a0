import { relationshipNouns } from '../../schema/edges.js';
import { FabulaError } from '../../schema/errors.js';
import type { Connection } from './connection.js';
import { nodeNouns } from './labels.js';

const types = Object.values(relationshipNouns).map(({ type }) => type);
const timed = nodeNouns.filter((kind) => kind !== 'Episode');

/**
 * Constraints and indexes, as a list of steps: step n takes a graph from schema n to n + 1 (`(:Migration)`). A step that
 * has been released is never changed; what comes later is added at the end. Each statement may be run twice.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    // The nouns' own labels come first, so that a browser shows a node under its noun.
    ...timed.map((kind) => `CREATE INDEX ${kind}_time IF NOT EXISTS FOR (n:${kind}) ON (n.episodeId, n.startMs)`),
    ...types.map((type) => `CREATE INDEX ${type}_time IF NOT EXISTS FOR ()-[n:${type}]-() ON (n.episodeId, n.startMs)`),
    'CREATE INDEX Episode_title IF NOT EXISTS FOR (n:Episode) ON (n.title, n.id)',
    'CREATE INDEX Episode_series IF NOT EXISTS FOR (n:Episode) ON (n.seriesId, n.title)',
    'CREATE INDEX Episode_media IF NOT EXISTS FOR (n:Episode) ON (n.mediaSha256)',
    'CREATE CONSTRAINT Episode_film IF NOT EXISTS FOR (n:Episode) REQUIRE n.mediaKey IS UNIQUE',
    'CREATE CONSTRAINT Series_title IF NOT EXISTS FOR (n:Series) REQUIRE n.title IS UNIQUE',
    'CREATE INDEX Character_all IF NOT EXISTS FOR (n:Character) ON (n.screenTimeMs)',
    'CREATE INDEX Character_series IF NOT EXISTS FOR (n:Character) ON (n.seriesId, n.screenTimeMs)',
    'CREATE INDEX IdentityEmbedding_of IF NOT EXISTS FOR (n:IdentityEmbedding) ON (n.appearanceId)',
    'CREATE CONSTRAINT Edit_id IF NOT EXISTS FOR (n:Edit) REQUIRE n.id IS UNIQUE',
    'CREATE CONSTRAINT Job_id IF NOT EXISTS FOR (n:Job) REQUIRE n.id IS UNIQUE',
    'CREATE CONSTRAINT Job_key IF NOT EXISTS FOR (n:Job) REQUIRE n.key IS UNIQUE',
    'CREATE INDEX Job_queue IF NOT EXISTS FOR (n:Job) ON (n.state, n.queuedMs)',
    'CREATE INDEX Job_age IF NOT EXISTS FOR (n:Job) ON (n.createdMs, n.id)',
    'CREATE CONSTRAINT Analysis_episode IF NOT EXISTS FOR (n:Analysis) REQUIRE n.episodeId IS UNIQUE',
    'CREATE CONSTRAINT Scope_id IF NOT EXISTS FOR (n:Scope) REQUIRE n.id IS UNIQUE',
    'CREATE CONSTRAINT Released_key IF NOT EXISTS FOR (n:Released) REQUIRE n.key IS UNIQUE',
    'CREATE CONSTRAINT Lock_name IF NOT EXISTS FOR (n:Lock) REQUIRE n.name IS UNIQUE',
    'CREATE CONSTRAINT Node_id IF NOT EXISTS FOR (n:Node) REQUIRE n.id IS UNIQUE',
    ...types.map((type) => `CREATE CONSTRAINT ${type}_id IF NOT EXISTS FOR ()-[n:${type}]-() REQUIRE n.id IS UNIQUE`),
    // What lasts long (see windows.ts), and pictures.
    'CREATE INDEX Node_span IF NOT EXISTS FOR (n:Node) ON (n.episodeId, n.span, n.startMs)',
    ...types.map(
      (type) => `CREATE INDEX ${type}_span IF NOT EXISTS FOR ()-[n:${type}]-() ON (n.episodeId, n.span, n.startMs)`,
    ),
    'CREATE INDEX Node_picture IF NOT EXISTS FOR (n:Node) ON (n.picture)',
    // What people say and see, as words made by words.ts, the same as in every store: analyzer cjk leaves out “not” and
    // “they” as stop words and finds no single character.
    `CREATE FULLTEXT INDEX words IF NOT EXISTS FOR (n:Shot|Scene|Event|Cue|Character)
     ON EACH [n.saidWords, n.seenWords, n.nameWords, n.echoWords, n.scopeWords]
     OPTIONS {indexConfig: {\`fulltext.analyzer\`: 'whitespace'}}`,
  ],
  ['CREATE INDEX Highlight_score IF NOT EXISTS FOR (n:Highlight) ON (n.score)'],
  [
    'CREATE INDEX Job_turn IF NOT EXISTS FOR (n:Job) ON (n.state, n.priority, n.queuedMs)',
    'DROP INDEX Job_queue IF EXISTS',
  ],
  // No index: from here on a node's JSON is two properties, of which older releases would read one.
  [],
  // In the order of lists, whole; the next step takes away what these stand for, once they are there.
  [
    ...timed.map(
      (kind) => `CREATE INDEX ${kind}_order IF NOT EXISTS FOR (n:${kind}) ON (n.episodeId, n.startMs, n.id)`,
    ),
    ...types.map(
      (type) => `CREATE INDEX ${type}_order IF NOT EXISTS FOR ()-[n:${type}]-() ON (n.episodeId, n.startMs, n.id)`,
    ),
  ],
  [...timed, ...types].map((name) => `DROP INDEX ${name}_time IF EXISTS`),
  // No index: from here on nodes say what is `unspanned`, which older releases would not keep true.
  [],
];

/** Brings the graph's schema up to date. STORE_TOO_NEW when a newer Fabula wrote it. */
export async function migrate(connection: Connection): Promise<void> {
  const [found] = await connection.read<{ version: number }>('MATCH (m:Migration) RETURN max(m.version) AS version');
  const version = found?.version ?? 0;
  if (version > migrations.length)
    throw new FabulaError(
      'STORE_TOO_NEW',
      `The graph was written by a newer Fabula (schema ${version}; this one knows ${migrations.length}).`,
      'Update Fabula.',
    );
  for (const [n, statements] of migrations.entries()) {
    if (n < version) continue;
    for (const statement of statements) await connection.runAlone(statement);
    await connection.runAlone('CALL db.awaitIndexes(600)');
    await connection.write((run) =>
      run('MERGE (m:Migration {version: $version}) ON CREATE SET m.at = $at', {
        version: n + 1,
        at: new Date().toISOString(),
      }),
    );
  }
}
