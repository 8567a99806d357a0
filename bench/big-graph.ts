/**
 * A database of 100,000 shots with keyframes, cues, events, persons, 300,000 appearances, relationships and highlights:
 * 200 films of 500 shots, the same every time.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNeo4jStore } from '../graph/neo4j/neo4j-store.js';
import { rowsOf } from '../graph/rows.js';
import type { ScopedStore } from '../graph/scopes.js';
import { openSqliteStore } from '../graph/sqlite/sqlite-store.js';
import { emptyNarrative, type Narrative, nodeId } from '../schema/narrative.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import type { Provenance } from '../schema/provenance.js';
import { deriveNarrative } from '../src/narrative/derive.js';
import { type Neo4jServer, startNeo4j } from '../test/servers/neo4j.js';

/** `FABULA_BENCH_FILMS`: fewer, for a quick look. */
export const episodeCount = Number(process.env.FABULA_BENCH_FILMS ?? 200);
export const shotsPerEpisode = 500;
export const shotMs = 4000;
const shotsPerScene = 16;
const personsPerEpisode = 8;
const appearancesPerShot = 3;
const highlightsPerEpisode = 30;
const vocabulary = 20_000;
const batch = 10;

/** The first films, a tenth of all, say each of these words in ten lines: as often, however many films follow. */
export const rareWords = ['leitmotif', 'cliffhanger', 'denouement', 'flashback'] as const;
export const rareFilms = Math.ceil(episodeCount / 10);
const rareEvery = Math.floor(shotsPerEpisode / 10);

export const episodeIdOf = (index: number) => `film-${String(index).padStart(3, '0')}`;

/** Films that are loaded at a time: one is written while the next is checked. */
const atOnce = 2;

/** A store that holds nothing yet; `close` removes it. */
export interface EmptyStore {
  readonly store: ScopedStore;
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
export async function openEmptyNeo4j(): Promise<EmptyStore & { readonly server: Neo4jServer }> {
  const server = await startNeo4j({ isMeasured: true });
  const store = await openNeo4jStore({ ...server, derive: deriveNarrative });
  return {
    store,
    server,
    async close() {
      await store.close();
      await server.dispose();
    },
  };
}

/** Nodes and relationships of a narrative: its nouns, and the references between them. */
export const narrativeRows = (narrative: Narrative): number =>
  rowsOf(narrative).reduce((sum, { references }) => sum + 1 + references.length, 0);

/** What loading took, without making the films up; `cpuSeconds` of this process, all its threads. */
export interface LoadCost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

/** Builds the database of the first `films` films. */
export async function openBigGraph<Opened extends EmptyStore>(
  open: () => Promise<Opened>,
  films = episodeCount,
): Promise<Opened & { readonly load: LoadCost }> {
  const opened = await open();
  let wallMs = 0;
  let cpuUs = 0;
  for (let first = 0; first < films; first += batch) {
    const waiting = Array.from({ length: Math.min(batch, films - first) }, (_, n) => film(first + n));
    const before = process.cpuUsage();
    const started = performance.now();
    const loader = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await opened.store.replaceEpisode(next);
    };
    await Promise.all(Array.from({ length: atOnce }, loader));
    wallMs += performance.now() - started;
    const { user, system } = process.cpuUsage(before);
    cpuUs += user + system;
  }
  return { ...opened, load: { wallSeconds: wallMs / 1000, cpuSeconds: cpuUs / 1e6 } };
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
