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
import { invariantProblems } from './invariants.js';
import type { Keyframe } from './keyframe.js';
import type { LayoutIssue } from './layout-issue.js';
import type { NarrativeNode } from './narrative-node.js';
import type { Person } from './person.js';
import type { Relationship } from './relationship.js';
import type { RelationshipTurn } from './relationship-turn.js';
import type { Scene } from './scene.js';
import { objectProblems } from './shape-check.js';
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
 * unique and of this episode, references resolve to the right noun, intervals lie inside their parents. The shape of
 * nodes that it shares with a narrative that has just been found `valid` is not looked at again.
 */
export function validateNarrative(value: unknown, valid?: Narrative): asserts value is Narrative {
  const problems = findProblems(migrateNarrative(value), valid);
  if (problems.length === 0) return;
  const shown = problems.slice(0, shownProblems).join('; ');
  const more = problems.length > shownProblems ? `; and ${problems.length - shownProblems} more` : '';
  throw new FabulaError('INVALID_NARRATIVE', `The narrative is not valid: ${shown}${more}.`);
}

/** What is wrong with a Narrative, as `path: what`; empty when nothing is. */
export function findProblems(narrative: Narrative, valid?: Narrative): string[] {
  const problems = [...shapeProblems(narrative, valid)];
  return problems.length > 0 ? problems : invariantProblems(narrative, [...nodesOf(narrative)]);
}

function* shapeProblems(narrative: Narrative, valid?: Narrative): Generator<string> {
  yield* objectProblems(narrative.episode, 'Episode', 'episode');
  for (const list of listNames) {
    const nodes: unknown = narrative[list];
    if (!Array.isArray(nodes)) {
      yield `${list}: is not a list`;
      continue;
    }
    if (nodes === valid?.[list]) continue;
    const known = new Set<unknown>(valid?.[list]);
    for (const [index, node] of nodes.entries())
      if (!known.has(node)) yield* objectProblems(node, narrativeLists[list], list, index);
  }
  for (const key of Object.keys(narrative))
    if (!Object.hasOwn(narrativeLists, key) && key !== 'episode' && key !== 'narrativeVersion')
      yield `${key}: is not a known list`;
}
