import type { Database } from 'better-sqlite3';
import type { Cue } from '../../schema/cue.js';
import type { Event } from '../../schema/event.js';
import type { Relationship } from '../../schema/relationship.js';
import type { Scene } from '../../schema/scene.js';
import type { Shot } from '../../schema/shot.js';
import type { SpeechInterval } from '../../schema/speech-interval.js';
import { cursorOf, longestPage, readCursor, rowsToRead } from '../pages.js';
import type { Page, PageRequest, ShotFilter, TimeWindow } from '../store.js';
import { type Json, jsonList, pageOf } from './json.js';
import { shotConditions } from './shot-filter.js';
import { type Wanted, windowReader } from './windows.js';

const always = { startMs: 0, endMs: 2 ** 31 } as const;

/** Lists of an episode's nodes, ordered by time, then id. */
export function listReads(db: Database) {
  const read = windowReader(db);

  const list = <Node>(
    name: string,
    wanted: Omit<Wanted, 'limit' | 'after' | 'window'>,
    request: PageRequest,
    window?: TimeWindow,
  ): Json<Page<Node>> => {
    const limit = rowsToRead(request);
    const after = readCursor(name, request.after, 'number', 'string');
    const found = read({ ...wanted, window: window ?? always, limit, after });
    return pageOf(
      found.map(({ startMs, id, body }) => ({ body, cursor: cursorOf(name, startMs, id) })),
      request,
    );
  };

  return {
    scenes: (episodeId: string, page: PageRequest, window?: TimeWindow) =>
      list<Scene>('scenes', { episodeId, kind: 'Scene' }, page, window),

    shots: (episodeId: string, page: PageRequest, window?: TimeWindow, filter?: ShotFilter) =>
      list<Shot>('shots', { episodeId, kind: 'Shot', condition: filter && shotConditions(filter) }, page, window),

    events(episodeId: string, page: PageRequest, window?: TimeWindow, types?: readonly string[]) {
      const condition = types && {
        sql: "AND n.body ->> '$.type' IN (SELECT value FROM json_each(@types))",
        values: { types: JSON.stringify(types) },
      };
      return list<Event>('events', { episodeId, kind: 'Event', condition }, page, window);
    },

    cues: (episodeId: string, page: PageRequest, window?: TimeWindow) =>
      list<Cue>('cues', { episodeId, kind: 'Cue' }, page, window),

    speech: (episodeId: string, page: PageRequest, window?: TimeWindow) =>
      list<SpeechInterval>('speech', { episodeId, kind: 'SpeechInterval' }, page, window),

    relationshipsAt(
      episodeId: string,
      atMs: number,
      limit: number,
      characterId?: string,
    ): Json<readonly Relationship[]> {
      const window = { startMs: atMs, endMs: atMs + 1 };
      const condition = characterId === undefined ? undefined : { sql: ofCharacter, values: { characterId } };
      const most = Math.min(limit, longestPage);
      const found = read({ episodeId, kind: 'Relationship', window, limit: most, condition });
      return jsonList(found.map(({ body }) => body));
    },
  };
}

/** The node `n` of the episode @episode names the person that a character is in it. */
const ofCharacter = `AND EXISTS (
  SELECT 1 FROM node c JOIN persona p ON p.character = c.row AND p.episode = @episode
  JOIN link l ON l.parent = p.person AND l.kind = n.kind AND l.start_ms = n.start_ms AND l.node = n.row
  WHERE c.id = @characterId)`;
