import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { Narrative } from '../../schema/narrative.js';
import type { Link } from '../linking.js';
import { facesOf, membersOf } from '../members.js';
import { takeVectors } from '../vectors.js';
import { vectorWriter } from './vectors.js';

/**
 * The tables, as a list of steps: step n takes a file from schema n to n + 1 (`PRAGMA user_version`). A step that has
 * been released is never changed; what comes later is added at the end.
 *
 * One `node` table holds every noun of the effective narrative, its JSON beside the columns that reads need; `episode`
 * keeps the base narrative whole, so that edits can be replayed over it.
 */
export const migrations: readonly (string | ((db: Database) => void))[] = [
  `
  -- One number for all writes of episodes: it never repeats, so a revision says exactly which write a reader saw.
  CREATE TABLE clock (revision INTEGER NOT NULL);
  INSERT INTO clock VALUES (0);

  CREATE TABLE series (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL UNIQUE);

  CREATE TABLE episode (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    series INTEGER REFERENCES series,
    title TEXT NOT NULL,
    media TEXT,                       -- sha256 of the film
    duration_ms INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    base BLOB NOT NULL                -- the base narrative's JSON, deflated
  );
  CREATE INDEX episode_by_title ON episode (title, id);
  CREATE INDEX episode_by_series ON episode (series, title, id);
  CREATE UNIQUE INDEX episode_by_media ON episode (media, ifnull(series, 0)) WHERE media IS NOT NULL;

  CREATE TABLE node (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    episode INTEGER REFERENCES episode,  -- NULL for characters, which outlive episodes
    kind TEXT NOT NULL,
    start_ms INTEGER NOT NULL,        -- 0, as end_ms, for what has no time
    end_ms INTEGER NOT NULL,
    span INTEGER,                     -- the duration's class (spans.ts); NULL for moments and what has no time
    position INTEGER NOT NULL,        -- place in its list of the narrative
    echo INTEGER NOT NULL,            -- 1 where it only repeats what a cue says
    body TEXT NOT NULL                -- the node as JSON
  );
  CREATE INDEX node_by_time ON node (episode, kind, start_ms, id);
  CREATE INDEX node_by_span ON node (episode, kind, span, start_ms, end_ms) WHERE span IS NOT NULL;

  -- Which node names which in its references: a shot its scene, an event its shots and persons.
  CREATE TABLE link (
    parent INTEGER NOT NULL, kind TEXT NOT NULL, start_ms INTEGER NOT NULL, node INTEGER NOT NULL,
    PRIMARY KEY (parent, kind, start_ms, node)
  ) WITHOUT ROWID;

  -- What people say and see, as words made by words.ts. 'echo' repeats what a cue of the same episode says already.
  CREATE VIRTUAL TABLE words USING fts5 (
    said, seen, name, echo, scope, content = '', contentless_delete = 1, tokenize = 'ascii'
  );
  INSERT INTO words (words, rank) VALUES ('rank', 'bm25(4.0, 2.0, 3.0, 4.0, 0.0)');

  CREATE TABLE character (
    node INTEGER PRIMARY KEY,
    series INTEGER,
    episode INTEGER,                  -- the lone episode it belongs to, where there is no series
    screen_ms INTEGER NOT NULL
  );
  CREATE INDEX character_by_screen_time ON character (screen_ms DESC, node);
  CREATE INDEX character_by_series ON character (series, screen_ms DESC);
  CREATE INDEX character_by_episode ON character (episode);
  CREATE TABLE character_name (
    scope TEXT NOT NULL, folded TEXT NOT NULL, character INTEGER NOT NULL,
    PRIMARY KEY (scope, folded, character)
  ) WITHOUT ROWID;
  CREATE INDEX character_name_by_character ON character_name (character);
  CREATE TABLE persona (
    person INTEGER PRIMARY KEY, character INTEGER NOT NULL, episode INTEGER NOT NULL, screen_ms INTEGER NOT NULL
  );
  CREATE UNIQUE INDEX persona_by_character ON persona (character, episode);
  CREATE INDEX persona_by_episode ON persona (episode, screen_ms DESC);

  CREATE TABLE edit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    episode INTEGER NOT NULL REFERENCES episode,
    body TEXT NOT NULL
  );
  CREATE INDEX edit_by_episode ON edit (episode, seq);

  CREATE TABLE file (
    hash TEXT NOT NULL, kind TEXT NOT NULL, episode INTEGER NOT NULL, PRIMARY KEY (hash, kind, episode)
  ) WITHOUT ROWID;
  CREATE TABLE released (hash TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (hash, kind)) WITHOUT ROWID;

  CREATE TABLE job (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    job TEXT NOT NULL,
    state TEXT NOT NULL,
    stage TEXT,
    progress REAL NOT NULL,
    attempt INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    queued_ms INTEGER NOT NULL,
    started_ms INTEGER,
    finished_ms INTEGER,
    lease_until_ms INTEGER,
    worker TEXT,
    stop TEXT,                        -- CANCEL, or AGAIN: cancelled, then asked for once more before it stopped
    input TEXT NOT NULL,
    episode_id TEXT,
    result TEXT,
    error TEXT
  );
  CREATE INDEX job_by_age ON job (created_ms DESC, id);
  CREATE INDEX job_by_state ON job (state, created_ms DESC, id);
  `,
  castEpisodes,
  `
  ALTER TABLE job ADD COLUMN priority TEXT NOT NULL DEFAULT 'NORMAL';
  ALTER TABLE job ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
  `,
  `
  CREATE INDEX highlight_by_score ON node (body ->> '$.score' DESC, id) WHERE kind = 'Highlight';
  `,
  `
  ALTER TABLE job ADD COLUMN workers_lost INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE job ADD COLUMN lost_at REAL NOT NULL DEFAULT 0;
  ALTER TABLE job ADD COLUMN asked_by TEXT;
  ALTER TABLE job ADD COLUMN log TEXT NOT NULL DEFAULT '[]'; -- JSON: see job-log.ts
  `,
  `
  ALTER TABLE job ADD COLUMN trace_parent TEXT;
  `,
  `
  -- The node's heavy fields (heavy-fields.ts); NULL where they are in body: in what was written until now, and characters.
  ALTER TABLE node ADD COLUMN rest TEXT;
  ALTER TABLE node ADD COLUMN whole TEXT GENERATED ALWAYS AS (
    iif(rest IS NULL, body, substr(body, 1, length(body) - 1) || ',' || substr(rest, 2))
  ) VIRTUAL;
  `,
];

/**
 * Edits of characters. What linking found is kept apart from what people make of it, and an edit may concern several
 * episodes. Until now all persons were as the analysis had them, so linking found what `persona` says.
 */
function castEpisodes(db: Database): void {
  db.exec(`
    -- One number of clock for all writes to any of its episodes.
    ALTER TABLE series ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE casting (
      episode INTEGER PRIMARY KEY REFERENCES episode,
      members TEXT NOT NULL,            -- the analysis' persons, as linking and edits need them (members.ts)
      faces TEXT NOT NULL,              -- their best face vectors: for matching only
      links TEXT NOT NULL,              -- whom linking took them for (linking.ts)
      people TEXT NOT NULL              -- who is who once edits hold (episode-cast.ts)
    );

    -- The vectors of IdentityEmbedding nodes, as float64 (vectors.ts).
    CREATE TABLE face_vector (
      episode INTEGER NOT NULL REFERENCES episode, id TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (episode, id)
    ) WITHOUT ROWID;

    CREATE TABLE edits (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
    CREATE TABLE edit_episode (episode INTEGER NOT NULL REFERENCES episode, seq INTEGER NOT NULL,
      PRIMARY KEY (episode, seq)) WITHOUT ROWID;
    CREATE INDEX edit_episode_by_edit ON edit_episode (seq);
    INSERT INTO edits SELECT seq, id, body FROM edit;
    INSERT INTO edit_episode SELECT episode, seq FROM edit;
    DROP TABLE edit;
    ALTER TABLE edits RENAME TO edit;
    DROP TABLE character_name;
    UPDATE series SET revision = (SELECT ifnull(max(revision), 0) FROM episode WHERE series = series.row);
  `);
  const linked = db.prepare<[number], { personId: string; characterId: string }>(
    `SELECT n.id AS personId, c.id AS characterId FROM persona p
     JOIN node n ON n.row = p.person JOIN node c ON c.row = p.character WHERE p.episode = ?`,
  );
  const insert = db.prepare('INSERT INTO casting VALUES (?, ?, ?, ?, ?)');
  const setBase = db.prepare('UPDATE episode SET base = ? WHERE row = ?');
  const emptyVectors = db.prepare(
    "UPDATE node SET body = json_set(body, '$.vector', json('[]')) WHERE episode = ? AND kind = 'IdentityEmbedding'",
  );
  const writeVectors = vectorWriter(db);
  for (const { row, base } of db.prepare<[], { row: number; base: Buffer }>('SELECT row, base FROM episode').all()) {
    const narrative = JSON.parse(inflateRawSync(base).toString()) as Narrative;
    const links: Link[] = linked.all(row).map((link) => ({ ...link, candidates: [] }));
    const people = {
      persons: links.map(({ personId: id, characterId }) => ({ id, characterId, wholes: [id], parts: [] })),
      moments: {},
      renamed: {},
      corrected: {},
    };
    const columns = [membersOf(narrative), facesOf(narrative), links, people].map((value) => JSON.stringify(value));
    insert.run(row, ...columns);
    const taken = takeVectors(narrative);
    if (taken.narrative === narrative) continue;
    writeVectors(row, taken.vectors);
    emptyVectors.run(row);
    setBase.run(deflateRawSync(JSON.stringify(taken.narrative)), row);
  }
}
