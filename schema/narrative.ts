/**
 * The waist of the hourglass: everything known about one episode, as one plain, versioned, serialisable value.
 * Producers make one, analyses enrich it, consumers take it.
 */
import type { Appearance } from './appearance.js';
import type { CausalLink } from './causal-link.js';
import type { Counterfactual } from './counterfactual.js';
import type { Cue } from './cue.js';
import type { EmotionSample } from './emotion-sample.js';
import type { NodeKind } from './enums.js';
import type { Episode } from './episode.js';
import { FabulaError } from './errors.js';
import type { Event } from './event.js';
import type { Highlight } from './highlight.js';
import type { IdentityEmbedding } from './identity-embedding.js';
import type { Keyframe } from './keyframe.js';
import type { LayoutIssue } from './layout-issue.js';
import type { NarrativeNode } from './narrative-node.js';
import type { Person } from './person.js';
import type { Relationship } from './relationship.js';
import type { RelationshipTurn } from './relationship-turn.js';
import type { Scene } from './scene.js';
import { shape } from './shape.generated.js';
import type { FieldShape } from './shape.js';
import type { Shot } from './shot.js';
import type { SignalTrack } from './signal-track.js';
import type { SpeechInterval } from './speech-interval.js';
import type { StoryObject } from './story-object.js';

/** Raised whenever an older reader could misread a newer value; `migrateNarrative` brings older values up. */
export const narrativeVersion = 1;

export interface Narrative {
  readonly narrativeVersion: typeof narrativeVersion;
  readonly episode: Episode;
  readonly scenes: readonly Scene[];
  readonly shots: readonly Shot[];
  readonly keyframes: readonly Keyframe[];
  readonly persons: readonly Person[];
  readonly appearances: readonly Appearance[];
  readonly objects: readonly StoryObject[];
  readonly speech: readonly SpeechInterval[];
  readonly cues: readonly Cue[];
  readonly signals: readonly SignalTrack[];
  readonly embeddings: readonly IdentityEmbedding[];
  readonly events: readonly Event[];
  readonly emotions: readonly EmotionSample[];
  readonly relationships: readonly Relationship[];
  readonly turns: readonly RelationshipTurn[];
  readonly causalLinks: readonly CausalLink[];
  readonly highlights: readonly Highlight[];
  readonly layoutIssues: readonly LayoutIssue[];
  readonly counterfactuals: readonly Counterfactual[];
}

/** Every list of a Narrative and the noun it holds, in the order in which nodes are written and exported. */
export const narrativeLists = {
  scenes: 'Scene',
  shots: 'Shot',
  keyframes: 'Keyframe',
  persons: 'Person',
  appearances: 'Appearance',
  objects: 'StoryObject',
  speech: 'SpeechInterval',
  cues: 'Cue',
  signals: 'SignalTrack',
  embeddings: 'IdentityEmbedding',
  events: 'Event',
  emotions: 'EmotionSample',
  relationships: 'Relationship',
  turns: 'RelationshipTurn',
  causalLinks: 'CausalLink',
  highlights: 'Highlight',
  layoutIssues: 'LayoutIssue',
  counterfactuals: 'Counterfactual',
} as const satisfies Record<Exclude<keyof Narrative, 'narrativeVersion' | 'episode'>, NodeKind>;

export type NarrativeList = keyof typeof narrativeLists;

const listNames = Object.keys(narrativeLists) as NarrativeList[];

/** A Narrative that holds its episode and nothing else. */
export function emptyNarrative(episode: Episode): Narrative {
  const lists = Object.fromEntries(listNames.map((list) => [list, []])) as unknown as Omit<
    Narrative,
    'narrativeVersion' | 'episode'
  >;
  return { narrativeVersion, episode, ...lists };
}

/** All nodes of a Narrative, the episode first, then list by list. */
export function* nodesOf(narrative: Narrative): Generator<NarrativeNode> {
  yield narrative.episode;
  for (const list of listNames) yield* narrative[list];
}

/**
 * Id of a node: `<episode>:<noun>:<start>`, the start in milliseconds padded to seven digits, so that a better
 * detector leaves unmoved nodes their ids. `twin` (from 2) tells nodes of one kind and start apart.
 */
export function nodeId(episodeId: string, noun: string, startMs: number, twin = 1): string {
  const id = `${episodeId}:${noun}:${String(startMs).padStart(7, '0')}`;
  return twin > 1 ? `${id}:${twin}` : id;
}

/** Brings a Narrative of any known version to this one; refuses newer ones with NARRATIVE_TOO_NEW. */
export function migrateNarrative(value: unknown): Narrative {
  const version = (value as { narrativeVersion?: unknown } | null)?.narrativeVersion;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw new FabulaError('INVALID_NARRATIVE', 'This is not a Fabula narrative: it has no narrativeVersion.');
  if (version > narrativeVersion)
    throw new FabulaError(
      'NARRATIVE_TOO_NEW',
      `The narrative has version ${version}; this Fabula reads up to ${narrativeVersion}.`,
      'Update Fabula.',
    );
  return value as Narrative;
}

/** Most problems that one INVALID_NARRATIVE error lists. */
const shownProblems = 10;

/**
 * Throws INVALID_NARRATIVE unless every node has the shape its decorators declare and the invariants hold: ids are
 * unique and of this episode, references resolve to the right noun, intervals lie inside their parents.
 */
export function validateNarrative(value: unknown): asserts value is Narrative {
  const problems = findProblems(migrateNarrative(value));
  if (problems.length === 0) return;
  const shown = problems.slice(0, shownProblems).join('; ');
  const more = problems.length > shownProblems ? `; and ${problems.length - shownProblems} more` : '';
  throw new FabulaError('INVALID_NARRATIVE', `The narrative is not valid: ${shown}${more}.`);
}

/** What is wrong with a Narrative, as `path: what`; empty when nothing is. */
export function findProblems(narrative: Narrative): string[] {
  const problems = [...shapeProblems(narrative)];
  return problems.length > 0 ? problems : [...invariantProblems(narrative)];
}

function* shapeProblems(narrative: Narrative): Generator<string> {
  yield* objectProblems(narrative.episode, 'Episode', 'episode');
  for (const list of listNames) {
    const nodes: unknown = narrative[list];
    if (!Array.isArray(nodes)) yield `${list}: is not a list`;
    else
      for (const [index, node] of nodes.entries())
        yield* objectProblems(node, narrativeLists[list], `${list}[${index}]`);
  }
  for (const key of Object.keys(narrative))
    if (!(key in narrativeLists) && key !== 'episode' && key !== 'narrativeVersion')
      yield `${key}: is not a known list`;
}

function* objectProblems(value: unknown, type: string, path: string): Generator<string> {
  const fields = shape[type];
  if (!fields) return;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield `${path}: is not an object`;
    return;
  }
  const record = value as Record<string, unknown>;
  if ('kind' in fields && record.kind !== type) yield `${path}.kind: is ${JSON.stringify(record.kind)}, not "${type}"`;
  for (const [name, field] of Object.entries(fields)) yield* fieldProblems(record[name], field, `${path}.${name}`);
  for (const name of Object.keys(record)) if (!(name in fields)) yield `${path}.${name}: is not a field of ${type}`;
}

/** What does not fit in the value of one field, as `path: what`. */
export function* fieldProblems(value: unknown, field: FieldShape, path: string): Generator<string> {
  if (value === undefined) {
    if (!field.optional) yield `${path}: is missing`;
  } else if (!field.list) yield* valueProblems(value, field, path);
  else if (!Array.isArray(value)) yield `${path}: is not a list`;
  else for (const [index, entry] of value.entries()) yield* valueProblems(entry, field, `${path}[${index}]`);
}

function* valueProblems(value: unknown, field: FieldShape, path: string): Generator<string> {
  if (field.words) {
    if (!field.words.includes(value as string)) yield `${path}: is not one of ${field.words.join(', ')}`;
  } else if (field.type in shape) yield* objectProblems(value, field.type, path);
  else if (!isScalar[field.type]?.(value)) yield `${path}: is not of type ${field.type}`;
  else if (field.range && ((value as number) < field.range[0] || (value as number) > field.range[1]))
    yield `${path}: ${value} is outside ${field.range[0]}…${field.range[1]}`;
}

const isScalar: Readonly<Record<string, (value: unknown) => boolean>> = {
  ID: (value) => typeof value === 'string' && value.length > 0,
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  Float: (value) => Number.isFinite(value),
  JSON: (value) => value !== undefined,
  DateTimeISO: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
};

interface Timed {
  readonly startMs?: number;
  readonly endMs?: number;
  readonly atMs?: number;
}

function* invariantProblems(narrative: Narrative): Generator<string> {
  const byId = new Map<string, NarrativeNode>();
  for (const node of nodesOf(narrative)) {
    if (byId.has(node.id)) yield `${node.id}: the id is used twice`;
    byId.set(node.id, node);
    if (node.episodeId !== narrative.episode.id) yield `${node.id}.episodeId: is not ${narrative.episode.id}`;
  }
  if (narrative.episode.id !== narrative.episode.episodeId) yield 'episode.episodeId: is not its own id';
  for (const node of nodesOf(narrative)) {
    yield* referenceProblems(node, byId);
    yield* intervalProblems(node, narrative.episode, byId);
  }
  yield* ordinalProblems('scenes', narrative.scenes);
  yield* ordinalProblems('shots', narrative.shots);
  yield* ordinalProblems('events', narrative.events);
}

function* referenceProblems(node: NarrativeNode, byId: ReadonlyMap<string, NarrativeNode>): Generator<string> {
  for (const [name, field] of Object.entries(shape[node.kind] ?? {})) {
    if (!field.ref) continue;
    const held = (node as unknown as Record<string, unknown>)[name];
    const ids = (Array.isArray(held) ? held : held === undefined ? [] : [held]) as string[];
    for (const id of ids)
      if (byId.get(id)?.kind !== field.ref)
        yield `${node.id}.${name}: no ${field.ref} of this episode has the id ${id}`;
  }
  for (const evidence of node.provenance.evidence)
    if (evidence.nodeId !== undefined && !byId.has(evidence.nodeId))
      yield `${node.id}.provenance.evidence: no node of this episode has the id ${evidence.nodeId}`;
}

function* intervalProblems(
  node: NarrativeNode,
  episode: Episode,
  byId: ReadonlyMap<string, NarrativeNode>,
): Generator<string> {
  const { startMs, endMs, atMs } = node as Timed;
  if (startMs !== undefined && endMs !== undefined) {
    if (startMs >= endMs) yield `${node.id}: ends at ${endMs}, not after its start`;
    if (startMs < 0 || endMs > episode.durationMs) yield `${node.id}: lies outside the episode`;
  }
  if (atMs !== undefined && (atMs < 0 || atMs > episode.durationMs)) yield `${node.id}.atMs: lies outside the episode`;
  const parent = byId.get(parentIdOf(node) ?? '') as (NarrativeNode & Timed) | undefined;
  if (parent?.startMs === undefined || parent.endMs === undefined) return;
  const from = startMs ?? atMs;
  const to = endMs ?? (atMs === undefined ? undefined : atMs + 1);
  if (from !== undefined && to !== undefined && (from < parent.startMs || to > parent.endMs))
    yield `${node.id}: lies outside ${parent.id}`;
}

/** The node whose interval must hold this one's: a shot's scene; a keyframe's or an appearance's shot. */
function parentIdOf(node: NarrativeNode): string | undefined {
  if (node.kind === 'Shot') return (node as Shot).sceneId;
  if (node.kind === 'Keyframe' || node.kind === 'Appearance') return (node as Keyframe | Appearance).shotId;
  return undefined;
}

function* ordinalProblems(
  list: string,
  nodes: readonly { readonly id: string; readonly ordinal: number; readonly startMs: number }[],
): Generator<string> {
  for (const [index, node] of nodes.entries()) {
    if (node.ordinal !== index + 1)
      yield `${node.id}.ordinal: is ${node.ordinal}, ${index + 1} in the order of ${list}`;
    const previous = nodes[index - 1];
    if (previous && previous.startMs > node.startMs) yield `${node.id}: starts before the ${list} ahead of it`;
  }
}
