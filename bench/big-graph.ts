/**
 * A database of 100,000 shots with keyframes, cues, events, persons and appearances: 200 films of 500 shots, the same
 * every time.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNeo4jStore } from '../graph/neo4j/neo4j-store.js';
import { rowsOf } from '../graph/rows.js';
import { openSqliteStore } from '../graph/sqlite/sqlite-store.js';
import type { Store } from '../graph/store.js';
import { emptyNarrative, type Narrative, nodeId } from '../schema/narrative.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import type { Provenance } from '../schema/provenance.js';
import { deriveNarrative } from '../src/narrative/derive.js';
import { startNeo4j } from '../test/servers/neo4j.js';

/** `FABULA_BENCH_FILMS`: fewer, for a quick look. */
export const episodeCount = Number(process.env.FABULA_BENCH_FILMS ?? 200);
export const shotsPerEpisode = 500;
export const shotMs = 4000;
const shotsPerScene = 16;
const personsPerEpisode = 8;
const vocabulary = 20_000;
const batch = 20;

export const episodeIdOf = (index: number) => `film-${String(index).padStart(3, '0')}`;

/** Films that are loaded at a time: one is written while the next is checked. */
const atOnce = 2;

/** A store that holds nothing yet; `close` removes it. */
interface EmptyStore {
  readonly store: Store;
  close(): Promise<void>;
}

export async function openEmptySqlite(): Promise<EmptyStore> {
  const folder = await mkdtemp(join(tmpdir(), 'fabula-bench-'));
  const store = await openSqliteStore({ file: join(folder, 'graph.db'), derive: deriveNarrative });
  return {
    store,
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** On a real server of its own. */
export async function openEmptyNeo4j(): Promise<EmptyStore> {
  const server = await startNeo4j({ isMeasured: true });
  const store = await openNeo4jStore({ ...server, derive: deriveNarrative });
  return {
    store,
    async close() {
      await store.close();
      await server.dispose();
    },
  };
}

/** Nodes and relationships of a narrative: its nouns, and the references between them. */
export const narrativeRows = (narrative: Narrative): number =>
  rowsOf(narrative).reduce((sum, { references }) => sum + 1 + references.length, 0);

/** Builds the database; `loadSeconds` leaves out making the films up. */
export async function openBigGraph(
  open: () => Promise<EmptyStore> = openEmptySqlite,
): Promise<EmptyStore & { readonly loadSeconds: number }> {
  const { store, close } = await open();
  let loadSeconds = 0;
  for (let first = 0; first < episodeCount; first += batch) {
    const films = Array.from({ length: Math.min(batch, episodeCount - first) }, (_, n) => film(first + n));
    const started = performance.now();
    const loader = async () => {
      for (let next = films.pop(); next; next = films.pop()) await store.replaceEpisode(next);
    };
    await Promise.all(Array.from({ length: atOnce }, loader));
    loadSeconds += (performance.now() - started) / 1000;
  }
  return { store, loadSeconds, close };
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

/** The nth film. */
export function film(index: number): Narrative {
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
  const durationMs = shotsPerEpisode * shotMs;
  const lines = each(shotsPerEpisode, (n) => ({
    startMs: n * shotMs + 500,
    endMs: n * shotMs + 2000 + Math.floor(random() * 2500),
    text: lineOf(random),
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
      screenTimeMs: shotsPerEpisode * 500,
      lineCount: Math.floor(lines.length / personsPerEpisode),
    })),
    appearances: each(2 * shotsPerEpisode, (n) => ({
      ...node('Appearance', (n >> 1) * shotMs + (n & 1)),
      personId: nodeId(episodeId, 'person', (n * 3) % personsPerEpisode),
      shotId: nodeId(episodeId, 'shot', (n >> 1) * shotMs),
      startMs: (n >> 1) * shotMs + (n & 1),
      endMs: ((n >> 1) + 1) * shotMs,
      atMs: (n >> 1) * shotMs + 1000,
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
  };
}
