/**
 * A database of 100,000 shots with keyframes, cues, events, persons, 300,000 appearances, relationships and highlights:
 * 200 films of 500 shots, the same every time.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import neo4j from 'neo4j-driver';
import { openNeo4jStore } from '../graph/neo4j/neo4j-store.js';
import { rowsOf } from '../graph/rows.js';
import type { ScopedStore } from '../graph/scopes.js';
import { openSqliteStore } from '../graph/sqlite/sqlite-store.js';
import { emptyNarrative, type Narrative, nodeId, nodesOf } from '../schema/narrative.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import type { Provenance } from '../schema/provenance.js';
import { deriveNarrative } from '../src/narrative/derive.js';
import { type Neo4jServer, startNeo4j } from '../test/servers/neo4j.js';
import { cpuMsByThread, cpuMsOf } from './queries/cpu.js';

/** `FABULA_BENCH_FILMS`: fewer, for a quick look. */
export const episodeCount = Number(process.env.FABULA_BENCH_FILMS ?? 200);
export const shotsPerEpisode = 500;
export const shotMs = 4000;
const shotsPerScene = 16;
const personsPerEpisode = 8;
const appearancesPerShot = 3;
const highlightsPerEpisode = 30;
const vocabulary = 20_000;
const batch = 50;

/** The first films, a tenth of all, say each of these words in ten lines: as often, however many films follow. */
export const rareWords = ['leitmotif', 'cliffhanger', 'denouement', 'flashback'] as const;
export const rareFilms = Math.ceil(episodeCount / 10);
const rareEvery = Math.floor(shotsPerEpisode / 10);

export const episodeIdOf = (index: number) => `film-${String(index).padStart(3, '0')}`;

/** Films that are loaded at a time: one is written while the next is checked, and a third waits for neither. */
const atOnce = 3;

/** A store that holds nothing yet; `close` removes it. */
export interface EmptyStore {
  readonly store: ScopedStore;
  /** What the database holds, told by itself: its tables' rows, or its nodes and relationships. */
  count(): Promise<Readonly<Record<string, number>>>;
  /** The server's process; absent where the store lives in this one. */
  readonly pid?: number;
  close(): Promise<void>;
}

export async function openEmptySqlite(): Promise<EmptyStore & { readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'fabula-bench-'));
  const file = join(folder, 'graph.db');
  const store = await openSqliteStore({ file, derive: deriveNarrative });
  return {
    store,
    file,
    async count() {
      const db = new Sqlite(file, { readonly: true });
      const tables = ['episode', 'node', 'link', 'words', 'character', 'persona', 'casting', 'file'];
      const counts = tables.map((table) => [
        table,
        db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get(),
      ]);
      db.close();
      return Object.fromEntries(counts);
    },
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** On a real server of its own. */
export async function openEmptyNeo4j(): Promise<EmptyStore & { readonly server: Neo4jServer }> {
  const server = await startNeo4j({ isMeasured: true });
  const store = await openNeo4jStore({ ...server, derive: deriveNarrative });
  return {
    store,
    server,
    ...(server.pid !== undefined && { pid: server.pid }),
    async count() {
      const driver = neo4j.driver(server.url, neo4j.auth.basic(server.user, server.password), {
        disableLosslessIntegers: true,
      });
      const counted = async (cypher: string) => (await driver.executeQuery(cypher)).records[0]?.get('count') as number;
      const counts = {
        nodes: await counted('MATCH (n) RETURN count(n) AS count'),
        relationships: await counted('MATCH ()-[r]->() RETURN count(r) AS count'),
      };
      await driver.close();
      return counts;
    },
    async close() {
      await store.close();
      await server.dispose();
    },
  };
}

/** Nodes and relationships of a narrative: its nouns, and the references between them. */
export const narrativeRows = (narrative: Narrative): number =>
  rowsOf([...nodesOf(narrative)]).reduce((sum, { references }) => sum + 1 + references.length, 0);

/** What loading took, without making the films up. */
export interface LoadCost {
  readonly wallSeconds: number;
  /** Of this process, all its threads. */
  readonly cpuSeconds: number;
  /** Of the busiest of them: what the load would take if all others ran beside it. */
  readonly longestThreadSeconds: number;
  /** Of the server's process; 0 where there is none. */
  readonly serverCpuSeconds: number;
}

/** Builds the database of the first `films` films. */
export async function openBigGraph<Opened extends EmptyStore>(
  open: () => Promise<Opened>,
  films = episodeCount,
): Promise<Opened & { readonly load: LoadCost }> {
  const opened = await open();
  return { ...opened, load: await loadFilms(opened, films) };
}

/** Loads the first `films` films, or loads them again. */
export async function loadFilms({ store, pid }: EmptyStore, films = episodeCount): Promise<LoadCost> {
  let wallMs = 0;
  let serverMs = 0;
  const threads = new Map<string, number>();
  for (let first = 0; first < films; first += batch) {
    const waiting = Array.from({ length: Math.min(batch, films - first) }, (_, n) => film(first + n));
    const threadsBefore = cpuMsByThread(process.pid);
    const serverBefore = pid === undefined ? 0 : cpuMsOf(pid);
    const started = performance.now();
    const loader = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await store.replaceEpisode(next);
    };
    await Promise.all(Array.from({ length: atOnce }, loader));
    wallMs += performance.now() - started;
    serverMs += (pid === undefined ? 0 : cpuMsOf(pid)) - serverBefore;
    for (const [thread, ms] of cpuMsByThread(process.pid))
      threads.set(thread, (threads.get(thread) ?? 0) + ms - (threadsBefore.get(thread) ?? 0));
  }
  return {
    wallSeconds: wallMs / 1000,
    cpuSeconds: [...threads.values()].reduce((sum, ms) => sum + ms, 0) / 1000,
    longestThreadSeconds: Math.max(...threads.values()) / 1000,
    serverCpuSeconds: serverMs / 1000,
  };
}

/** Random numbers 0…1 from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A word, frequent ones often (Zipf), as consonant and vowel pairs; every fifth line is in Chinese. */
function wordOf(random: () => number): string {
  let rank = Math.floor(vocabulary ** random());
  let word = '';
  do {
    word += `${'bdfgklmnprst'.charAt(rank % 12)}${'aeiou'.charAt(Math.floor(rank / 12) % 5)}`;
    rank = Math.floor(rank / 60);
  } while (rank > 0);
  return word;
}

function lineOf(random: () => number): string {
  if (random() < 0.2)
    return Array.from({ length: 8 }, () => String.fromCharCode(0x4e00 + Math.floor(3000 ** random()))).join('');
  return Array.from({ length: 3 + Math.floor(random() * 6) }, () => wordOf(random)).join(' ');
}

/**
 * The nth film, parsed as one is that is imported. (V8 gives each object that is spread from another and then extended
 * a hidden class of its own; what a load takes would be half that.)
 */
export const film = (index: number): Narrative => JSON.parse(JSON.stringify(madeUp(index))) as Narrative;

function madeUp(index: number): Narrative {
  const episodeId = episodeIdOf(index);
  const random = randomFrom(index + 1);
  const provenance: Provenance = {
    by: 'bench',
    version: '1',
    confidence: 0.9,
    evidence: [{ startMs: 0, endMs: shotMs, note: 'made up' }],
    otherReadings: [],
  };
  const node = <Kind extends NarrativeNode['kind']>(kind: Kind, startMs: number) => ({
    id: nodeId(episodeId, kind.toLowerCase(), startMs),
    kind,
    episodeId,
    provenance,
  });
  const each = <Made>(count: number, make: (n: number) => Made) => Array.from({ length: count }, (_, n) => make(n));
  const sceneStart = (shot: number) => Math.floor(shot / shotsPerScene) * shotsPerScene * shotMs;
  const shotOf = (appearance: number) => Math.floor(appearance / appearancesPerShot);
  const durationMs = shotsPerEpisode * shotMs;
  const lines = each(shotsPerEpisode, (n) => ({
    startMs: n * shotMs + 500,
    endMs: n * shotMs + 2000 + Math.floor(random() * 2500),
    text: `${lineOf(random)}${index < rareFilms && n % rareEvery < rareWords.length ? ` ${rareWords[n % rareEvery]}` : ''}`,
  })).filter(({ endMs }) => endMs <= durationMs);
  return {
    ...emptyNarrative({
      ...node('Episode', 0),
      id: episodeId,
      title: `Film ${index}`,
      source: 'FILM',
      media: { root: 'films', path: `${episodeId}.mp4`, sha256: String(index).padStart(64, '0') },
      durationMs,
      report: { stages: [], gaps: [] },
    }),
    scenes: each(Math.ceil(shotsPerEpisode / shotsPerScene), (n) => ({
      ...node('Scene', n * shotsPerScene * shotMs),
      ordinal: n + 1,
      startMs: n * shotsPerScene * shotMs,
      endMs: Math.min((n + 1) * shotsPerScene * shotMs, durationMs),
      setting: 'UNKNOWN',
      location: `${wordOf(random)} ${wordOf(random)}`,
    })),
    shots: each(shotsPerEpisode, (n) => ({
      ...node('Shot', n * shotMs),
      ordinal: n + 1,
      startMs: n * shotMs,
      endMs: (n + 1) * shotMs,
      sceneId: nodeId(episodeId, 'scene', sceneStart(n)),
      transition: n === 0 ? 'START' : 'CUT',
      mainSubjectIds: [],
    })),
    keyframes: each(shotsPerEpisode, (n) => ({
      ...node('Keyframe', n * shotMs + 1000),
      shotId: nodeId(episodeId, 'shot', n * shotMs),
      atMs: n * shotMs + 1000,
      imageId: String(index * shotsPerEpisode + n).padStart(64, '0'),
      sharpness: 100,
      valid: true,
    })),
    persons: each(personsPerEpisode, (n) => ({
      ...node('Person', n),
      name: `Person ${n}`,
      aliases: [],
      provisional: false,
      screenTimeMs: shotsPerEpisode * 500 - n,
      lineCount: Math.floor(lines.length / personsPerEpisode),
    })),
    appearances: each(appearancesPerShot * shotsPerEpisode, (n) => ({
      ...node('Appearance', shotOf(n) * shotMs + (n % appearancesPerShot)),
      personId: nodeId(episodeId, 'person', (n * 3) % personsPerEpisode),
      shotId: nodeId(episodeId, 'shot', shotOf(n) * shotMs),
      startMs: shotOf(n) * shotMs + (n % appearancesPerShot),
      endMs: (shotOf(n) + 1) * shotMs,
      atMs: shotOf(n) * shotMs + 1000,
      faceBox: { x: random(), y: 0.25, width: 0.125, height: 0.25 },
      vad: { valence: random(), arousal: random(), dominance: 0.5 },
    })),
    cues: lines.map(({ startMs, endMs, text }) => ({
      ...node('Cue', startMs),
      startMs,
      endMs,
      text,
      source: 'BURNED_IN',
    })),
    events: lines.map(({ startMs, endMs, text }, n) => ({
      ...node('Event', startMs),
      provenance: { ...provenance, evidence: [{ startMs, endMs, nodeId: nodeId(episodeId, 'cue', startMs) }] },
      personId: nodeId(episodeId, 'person', n % personsPerEpisode),
      ordinal: n + 1,
      type: 'LINE',
      startMs,
      endMs,
      sceneId: nodeId(episodeId, 'scene', sceneStart(Math.floor(startMs / shotMs))),
      shotIds: [nodeId(episodeId, 'shot', Math.floor(startMs / shotMs) * shotMs)],
      targetIds: [],
      dialogue: text,
    })),
    // Everybody to the two next in the list, otherwise in the second half.
    relationships: each(4 * personsPerEpisode, (n) => ({
      ...node('Relationship', n),
      fromId: nodeId(episodeId, 'person', n % personsPerEpisode),
      toId: nodeId(episodeId, 'person', (n + 1 + (Math.floor(n / personsPerEpisode) % 2)) % personsPerEpisode),
      startMs: n < 2 * personsPerEpisode ? 0 : durationMs / 2,
      endMs: n < 2 * personsPerEpisode ? durationMs / 2 : durationMs,
      relation: wordOf(random),
      polarity: 2 * random() - 1,
      strength: random(),
      explicit: random() < 0.5,
    })),
    highlights: each(highlightsPerEpisode, (n) => ({
      ...node('Highlight', n * 16 * shotMs),
      startMs: n * 16 * shotMs,
      endMs: (n * 16 + 4) * shotMs,
      type: n % 2 ? 'CONFLICT' : 'REVELATION',
      score: 10 * random(),
      reasoning: { text: lineOf(random) },
      contributions: [{ term: 'dialogue', share: 1 }],
      setupEventIds: [],
    })),
  };
}
