import type { Cue } from '../../schema/cue.js';
import type { NodeKind } from '../../schema/enums.js';
import type { Event } from '../../schema/event.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Relationship } from '../../schema/relationship.js';
import type { Scene } from '../../schema/scene.js';
import type { Shot } from '../../schema/shot.js';
import type { SpeechInterval } from '../../schema/speech-interval.js';
import { longestPage, readCursor, rowsToRead, timedPage } from '../pages.js';
import { timeOf } from '../rows.js';
import type { Page, PageRequest, ShotFilter, TimeWindow } from '../store.js';
import { type EpisodeWindow, sweepsOf } from '../sweeps.js';
import { bringing } from './along.js';
import { parsed } from './answers.js';
import type { Connection } from './connection.js';
import { jsonOf } from './labels.js';
import { type Condition, shotConditions } from './shot-filter.js';
import { windowCypher, windowParameters } from './windows.js';

const always = { startMs: 0, endMs: 2 ** 31 } as const;

/** The relationship `n` is one that a character has, or that somebody has to them. */
const ofCharacter =
  'AND any(p IN [startNode(n), endNode(n)] WHERE EXISTS { (p)-[:IS]->(:Character {id: $characterId}) })';

/** The windows `w` of $items, as clauses; what is to be known in them is looked up once for all. */
function windowsWith(known: Readonly<Record<string, string>>): string {
  const names = Object.keys(known);
  if (names.length === 0) return 'UNWIND $items AS w';
  const values = Object.entries(known).map(([name, value]) => `${value} AS ${name}`);
  return `WITH ${values.join(', ')} UNWIND $items AS item WITH item {.*, ${names.join(', ')}} AS w`;
}

/** Lists of an episode's nodes, ordered by time, then id. */
export function listReads(connection: Connection) {
  /** What overlaps each window, as one record: that is the fastest answer. */
  const readWindows = async (
    kind: NodeKind,
    windows: readonly object[],
    limit: number,
  ): Promise<readonly (readonly NarrativeNode[])[]> => {
    const rows = await connection.read<{ place: number; bodies: readonly string[] }>(
      `UNWIND $windows AS w RETURN w.place AS place, ${windowCypher(kind, { value: jsonOf('n') })} AS bodies`,
      { limit, windows: windows.map((window, place) => ({ ...window, place })) },
    );
    const answers = windows.map((): readonly NarrativeNode[] => []);
    for (const { place, bodies } of rows) answers[place] = bodies.map((body) => parsed<NarrativeNode>(body));
    return answers;
  };

  /** A page, and what is brought along with it, in one trip. */
  const list = async <Node extends NarrativeNode & { readonly startMs: number }>(
    name: string,
    kind: NodeKind,
    episodeId: string,
    request: PageRequest,
    window: TimeWindow = always,
    { known = {}, where = '', values = {} }: Partial<Condition> = {},
  ): Promise<Page<Node>> => {
    const limit = rowsToRead(request);
    const after = readCursor(name, request.after, 'number', 'string');
    if (window.startMs >= window.endMs) return { edges: [], hasNextPage: false };
    const along = request.along?.length ? bringing(kind, request.along, request.isBrief) : undefined;
    const body = jsonOf('n', request.isBrief);
    const found = (value: string) => windowCypher(kind, { value, condition: where, isContinued: after !== undefined });
    const row = await connection.readAbout<{ bodies: readonly string[] }>(
      windowParameters({ episodeId, ...window }, after),
      along
        ? `${windowsWith(known)} WITH w.place AS place, ${found('n')} AS found
           WITH place, found, found[..$first] AS page ${along.clauses}
           RETURN place, [n IN found | ${body}] AS bodies ${along.columns}`
        : `${windowsWith(known)} RETURN w.place AS place, ${found(body)} AS bodies`,
      { ...values, ...along?.values, limit, ...(along && { first: request.first }) },
    );
    const nodes = row.bodies.map((body) => parsed<Node>(body));
    const brought = along?.read(row, nodes.slice(0, request.first));
    return timedPage(name, { nodes, ...(brought && { brought }) }, request);
  };

  const during = async (kind: NodeKind, windows: readonly EpisodeWindow[], limit: number) => {
    const most = Math.min(limit, longestPage);
    const sweeps = sweepsOf(windows);
    const enough = (places: readonly number[]) => places.length * most;
    const swept = await readWindows(
      kind,
      sweeps.map((sweep) => windowParameters(sweep)),
      windows.length * most + 1,
    );
    const answers = windows.map((): readonly NarrativeNode[] => []);
    const again: number[] = [];
    for (const [n, { places }] of sweeps.entries())
      for (const place of places) {
        const { startMs = 0, endMs = 0 } = windows[place] ?? {};
        const found = swept[n] ?? [];
        // With more than all answers can hold, the sweep may have stopped short of the last windows.
        if (places.length > 1 && found.length > enough(places)) again.push(place);
        else if (startMs < endMs)
          answers[place] = found
            .filter((node) => timeOf(node).startMs < endMs && timeOf(node).endMs > startMs)
            .slice(0, most);
      }
    const alone = again.flatMap((place) => {
      const window = windows[place];
      return window && window.startMs < window.endMs ? [windowParameters(window)] : [];
    });
    if (alone.length > 0) {
      const found = await readWindows(kind, alone, most);
      const asked = again.filter((place) => (windows[place]?.startMs ?? 0) < (windows[place]?.endMs ?? 0));
      for (const [n, place] of asked.entries()) answers[place] = found[n] ?? [];
    }
    return answers;
  };

  return {
    scenes: (episodeId: string, page: PageRequest, window?: TimeWindow) =>
      list<Scene>('scenes', 'Scene', episodeId, page, window),
    shots: (episodeId: string, page: PageRequest, window?: TimeWindow, filter?: ShotFilter) =>
      list<Shot>('shots', 'Shot', episodeId, page, window, filter && shotConditions(episodeId, filter)),
    events: (episodeId: string, page: PageRequest, window?: TimeWindow, types?: readonly string[]) =>
      list<Event>('events', 'Event', episodeId, page, window, {
        ...{ known: {}, where: types ? 'AND n.type IN $types' : '', values: types ? { types } : {} },
      }),
    cues: (episodeId: string, page: PageRequest, window?: TimeWindow) =>
      list<Cue>('cues', 'Cue', episodeId, page, window),
    speech: (episodeId: string, page: PageRequest, window?: TimeWindow) =>
      list<SpeechInterval>('speech', 'SpeechInterval', episodeId, page, window),
    relationshipsAt: (episodeId: string, atMs: number, page: PageRequest, characterId?: string) =>
      list<Relationship>(
        'relationships',
        'Relationship',
        episodeId,
        page,
        { startMs: atMs, endMs: atMs + 1 },
        characterId === undefined ? {} : { where: ofCharacter, values: { characterId } },
      ),
    during,
  };
}
