import type { Database } from 'better-sqlite3';
import type { Cue } from '../../schema/cue.js';
import type { Event } from '../../schema/event.js';
import type { Relationship } from '../../schema/relationship.js';
import type { Scene } from '../../schema/scene.js';
import type { Shot } from '../../schema/shot.js';
import type { SpeechInterval } from '../../schema/speech-interval.js';
import { readCursor, rowsToRead, type TimedNodes } from '../pages.js';
import type { PageRequest, ShotFilter, TimeWindow } from '../store.js';
import { neighbourBringer } from './along.js';
import { type Json, jsonList } from './json.js';
import { shotConditions } from './shot-filter.js';
import { type Wanted, windowReader } from './windows.js';

const always = { startMs: 0, endMs: 2 ** 31 } as const;

/** Lists of an episode's nodes, ordered by time, then id, and what is brought along with them. */
export function listReads(db: Database) {
  const read = windowReader(db);
  const bring = neighbourBringer(db);

  /** `name` is the list's, as `timedPage` will call it. */
  const list = <Node>(
    name: string,
    wanted: Omit<Wanted, 'limit' | 'after' | 'window'>,
    request: PageRequest,
    window?: TimeWindow,
  ): Json<TimedNodes<Node>> => {
    const { first, along = [], isBrief = false } = request;
    const limit = rowsToRead(request);
    const after = readCursor(name, request.after, 'number', 'string');
    const all = { ...wanted, window: window ?? always, limit, after, isBrief };
    if (along.length === 0) return `{"nodes":${jsonList(read.texts(all))}}`;
    const found = read.rows(all);
    const brought = bring(found.slice(0, first), along, isBrief);
    return `{"nodes":${jsonList(found.map(({ json }) => json))},"brought":${brought}}`;
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

    relationshipsAt(episodeId: string, atMs: number, page: PageRequest, characterId?: string) {
      const condition = characterId === undefined ? undefined : { sql: ofCharacter, values: { characterId } };
      const window = { startMs: atMs, endMs: atMs + 1 };
      return list<Relationship>('relationships', { episodeId, kind: 'Relationship', condition }, page, window);
    },
  };
}

/** The node `n` of the episode @episode names the person that a character is in it. */
const ofCharacter = `AND EXISTS (
  SELECT 1 FROM node c JOIN persona p ON p.character = c.row AND p.episode = @episode
  JOIN link l ON l.parent = p.person AND l.kind = n.kind AND l.start_ms = n.start_ms AND l.node = n.row
  WHERE c.id = @characterId)`;
