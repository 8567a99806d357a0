/** Makes a script's draft the Narrative of an episode: ids, references, times, who speaks to whom, what it rests on. */
import type { Appearance } from '../../../schema/appearance.js';
import type { Cue } from '../../../schema/cue.js';
import type { Episode } from '../../../schema/episode.js';
import { FabulaError } from '../../../schema/errors.js';
import type { Event } from '../../../schema/event.js';
import type { Highlight } from '../../../schema/highlight.js';
import { emptyNarrative } from '../../../schema/narrative.js';
import type { Scene } from '../../../schema/scene.js';
import type { Shot } from '../../../schema/shot.js';
import type { StoryObject } from '../../../schema/story-object.js';
import type { Format, Reading, ReadOptions, ReportItem } from '../format.js';
import { languageOfScript } from '../language-tag.js';
import { buildEvents, type PlacedElement } from './build-events.js';
import { buildPersons } from './build-persons.js';
import { makeAppearances, makeObjects, makeShot, withSubjects } from './build-shots.js';
import { type Cast, castOf } from './cast.js';
import { estimates, known, type NodeMaker, nodeMaker, outerTitle, workedOut } from './nodes.js';
import { type PlacedScript, placeInTime } from './place-in-time.js';
import type { DraftCue, DraftScene, DraftShot, ScriptDraft } from './script-draft.js';
import { isEstimated, timeReport } from './time-report.js';

export interface BuildOptions extends ReadOptions {
  /** What the draft was read from; provenance names it. */
  readonly format: Pick<Format, 'name' | 'title'>;
  /** Of its reader. */
  readonly version: string;
  /** What the reader had to say already; what was estimated here comes behind it. */
  readonly report?: readonly ReportItem[];
}

/**
 * A valid Narrative of a draft. Times that it leaves open are estimated (`placeInTime`), and who is spoken to is worked
 * out (`addresseesIn`); provenance names each such field. Lists of a draft that give times in any order come out in
 * order of time. SCRIPT_UNREADABLE where there is no scene.
 */
export function buildNarrative(draft: ScriptDraft, options: BuildOptions): Reading {
  if (draft.scenes.length === 0)
    throw new FabulaError('SCRIPT_UNREADABLE', `This ${options.format.title} holds no scene, no action and no line.`);
  const scenes = draft.scenes.map((scene) =>
    scene.shots.length > 0 ? scene : { ...scene, shots: [{ elements: [] }] },
  );
  const whole = { ...draft, scenes };
  const placed = placeInTime(whole);
  const make = nodeMaker(options.episodeId, options.format.name, options.version);
  const cast = castOf(whole);
  const language = draft.language ?? languageOfScript(wordsOf(scenes));

  const sceneNodes = scenes.map((scene, n) => makeScene(scene, n, placed, make));
  const built = new Map<DraftShot, Shot>();
  for (const [n, scene] of scenes.entries())
    for (const [m, shot] of scene.shots.entries())
      built.set(shot, makeShot(shot, sceneNodes[n]?.id ?? '', placed.scenes[n], m, built.size === 0, make));
  const shots = numbered([...built.values()]);

  const persons = castHeads(cast, whole, placed, make);
  const personIdOf = (label: string) => persons.get(cast.memberOf(label)?.label ?? '')?.head.id;
  const events: Event[] = [];
  const ownCues = draft.cues?.map((cue) => makeCue(cue, language, make));
  const cues: Cue[] = [...(ownCues ?? [])];
  const appearances: Appearance[] = [];
  const objects: StoryObject[] = [];
  for (const [n, scene] of scenes.entries()) {
    const here: PlacedElement[] = [];
    for (const [m, draftShot] of scene.shots.entries()) {
      const shot = built.get(draftShot);
      const sceneNode = sceneNodes[n];
      if (!shot || !sceneNode) continue;
      for (const [k, element] of draftShot.elements.entries()) {
        const time = placed.scenes[n]?.shots[m]?.elements[k];
        if (time) here.push({ element, time, scene: sceneNode, shot });
      }
      appearances.push(...makeAppearances(draftShot, shot, personIdOf, make));
      objects.push(...makeObjects(draftShot, shot, make));
    }
    const told = buildEvents(here, { make, cast, shots, personIdOf, language, cues: ownCues });
    for (const event of told.events) events.push(event);
    for (const cue of told.cues) cues.push(cue);
  }
  const narrative = {
    ...emptyNarrative(makeEpisode(draft, options, placed, language, make)),
    scenes: sceneNodes,
    shots: withSubjects(shots, built, events, personIdOf),
    persons: buildPersons([...persons.values()], events, appearances),
    appearances: appearances.toSorted((a, b) => a.startMs - b.startMs),
    objects,
    cues: cues.toSorted((a, b) => a.startMs - b.startMs),
    events: numbered(events),
    highlights: makeHighlights(draft, placed.durationMs, make),
  };
  const counts = `${narrative.scenes.length} scenes, ${narrative.persons.length} persons, ${narrative.events.length} events`;
  const summary = { name: 'import', version: options.version, summary: `Read as ${options.format.title}: ${counts}.` };
  const gaps = isEstimated(placed)
    ? [{ stage: 'import', missing: 'When things happen: the script does not say, so times are a page a minute.' }]
    : [];
  return {
    narrative: { ...narrative, episode: { ...narrative.episode, report: { stages: [summary], gaps } } },
    report: [...(options.report ?? []), ...timeReport(placed)],
  };
}

/** How sure the language is that the letters alone tell; ours. */
const scriptConfidence = 0.9;

const wordsOf = (scenes: readonly DraftScene[]): string =>
  scenes
    .flatMap(({ shots }) =>
      shots.flatMap(({ elements }) => elements.map(({ dialogue, action }) => dialogue ?? action ?? '')),
    )
    .join('\n');

function makeEpisode(
  draft: ScriptDraft,
  { title, fallbackTitle }: BuildOptions,
  placed: PlacedScript,
  language: string | undefined,
  make: NodeMaker,
): Episode {
  const isGuess = draft.durationMs !== placed.durationMs;
  const isOuter = title === undefined ? draft.title === undefined : title !== draft.title;
  const head = make('Episode', 0, {
    fields: [
      ...(isGuess ? [{ field: 'durationMs', by: workedOut.times, confidence: workedOut.timeConfidence }] : []),
      ...(language !== undefined && draft.language === undefined
        ? [{ field: 'language', by: workedOut.people, confidence: scriptConfidence }]
        : []),
      ...(isOuter ? [{ field: 'title', by: outerTitle, confidence: 1 }] : []),
    ],
    foreign: draft.foreign,
  });
  return known<Episode>({
    ...head,
    id: head.episodeId,
    source: 'SCRIPT',
    title: title ?? draft.title ?? fallbackTitle ?? 'Untitled',
    durationMs: placed.durationMs,
    language,
    synopsis: draft.synopsis,
    report: { stages: [], gaps: [] },
  });
}

function makeScene(scene: DraftScene, n: number, placed: PlacedScript, make: NodeMaker): Scene {
  const { shots: _, number, foreign, ...said } = scene;
  const time = placed.scenes[n];
  const { startMs = 0, endMs = 1 } = time ?? {};
  const printed = number === undefined ? {} : { screenplay: { number } };
  return known<Scene>({
    ...make('Scene', startMs, { fields: time ? estimates(time) : [], foreign: { ...foreign, ...printed } }),
    ...(said as Partial<Scene>),
    ...{ ordinal: n + 1, startMs, endMs },
    setting: scene.setting ?? 'UNKNOWN',
  });
}

const makeCue = ({ foreign, ...said }: DraftCue, language: string | undefined, make: NodeMaker): Cue =>
  known<Cue>({
    ...make('Cue', said.startMs, { foreign }),
    language,
    ...(said as Partial<Cue>),
    ...{ text: said.text, startMs: said.startMs, endMs: said.endMs, source: 'FILE' },
  });

/** The cast, by label, each with the head of its node: made when first heard of. */
function castHeads(cast: Cast, { scenes }: ScriptDraft, placed: PlacedScript, make: NodeMaker) {
  const firstMs = new Map<string, number>();
  for (const [n, { shots }] of scenes.entries())
    for (const [m, { elements }] of shots.entries())
      for (const [k, { person }] of elements.entries()) {
        const label = typeof person === 'string' ? cast.memberOf(person)?.label : undefined;
        const startMs = placed.scenes[n]?.shots[m]?.elements[k]?.startMs;
        if (label !== undefined && startMs !== undefined && !firstMs.has(label)) firstMs.set(label, startMs);
      }
  return new Map(
    cast.members.map((member) => {
      const head = make('Person', firstMs.get(member.label) ?? 0, { foreign: member.foreign });
      return [member.label, { member, head }] as const;
    }),
  );
}

const makeHighlights = ({ highlights }: ScriptDraft, durationMs: number, make: NodeMaker): Highlight[] =>
  (highlights ?? []).map(({ foreign, ...said }) => {
    const startMs = Math.min(Math.max(0, Math.round(said.startMs)), durationMs - 1);
    const endMs = Math.min(durationMs, Math.max(startMs + 1, Math.round(said.endMs)));
    return known<Highlight>({
      ...make('Highlight', startMs, { foreign }),
      ...(said as Partial<Highlight>),
      ...{ type: said.type, score: said.score, startMs, endMs },
      reasoning: said.reasoning ?? {},
      contributions: said.contributions ?? [],
      setupEventIds: [],
    });
  });

/** In order of time, numbered from 1. */
const numbered = <Node extends { readonly startMs: number; readonly ordinal: number }>(
  nodes: readonly Node[],
): Node[] => nodes.toSorted((a, b) => a.startMs - b.startMs).map((node, index) => ({ ...node, ordinal: index + 1 }));
