/** Takes the draft of a script out of a Narrative again: what `buildNarrative` would make the same nodes of. */
import type { Event } from '../../../schema/event.js';
import type { Narrative, NarrativeList } from '../../../schema/narrative.js';
import type { NarrativeNode } from '../../../schema/narrative-node.js';
import type { Person } from '../../../schema/person.js';
import type { Shot } from '../../../schema/shot.js';
import { groupBy } from '../../narrative/group-by.js';
import { isPresenceEvent } from '../../narrative/presence/presence-event.js';
import type { Dropped } from '../format.js';
import { readSpeaker } from '../speaker.js';
import { biometric } from '../withheld.js';
import { hasOuterTitle, known, workedOutFields } from './nodes.js';
import type { DraftElement, DraftPerson, DraftScene, DraftShot, ScriptDraft } from './script-draft.js';

export interface TakenDraft {
  readonly draft: ScriptDraft;
  /** The title that the narrative has from outside its script, such as a file's name. */
  readonly outerTitle?: string;
  /** What a script has no place for. */
  readonly dropped: readonly Dropped[];
}

/** What was worked out (times, addressees) is left out, since it would be worked out again, so that edits show in it. */
export function draftOf(narrative: Narrative): TakenDraft {
  const { episode } = narrative;
  const events = narrative.events.filter((event) => !isPresenceEvent(event));
  const labels = labelPersons(narrative.persons);
  const labelOf = (id: string) => labels.get(id) ?? id;
  const shotsOf = groupBy(narrative.shots, ({ sceneId }) => sceneId);
  const eventsOf = groupBy(events, ({ sceneId }) => sceneId);
  const appearancesOf = groupBy(narrative.appearances, ({ shotId }) => shotId);
  const objectsOf = groupBy(narrative.objects, ({ shotId }) => shotId);
  const isOuter = hasOuterTitle(episode);

  const shotDraft = (shot: Shot, told: readonly Event[]): DraftShot => {
    const { sceneId: _s, ordinal: _o, mainSubjectIds: _m, endMs, ...said } = bare(shot);
    // A shot that says how long it lasts, and not when it begins, has its end from that.
    const isLasting = said.startMs === undefined && endMs !== undefined;
    return {
      ...said,
      ...(isLasting ? { lastsMs: shot.endMs - shot.startMs } : { endMs }),
      subjects: saidList(shot, 'mainSubjectIds', shot.mainSubjectIds.map(labelOf)),
      appearances: orNone(
        (appearancesOf.get(shot.id) ?? []).map((appearance) => {
          const { personId, shotId: _, ...seen } = bare(appearance);
          return { ...seen, person: labelOf(personId) };
        }),
      ),
      objects: orNone(
        (objectsOf.get(shot.id) ?? []).map((object) => {
          const { shotId: _, ...seen } = bare(object);
          return seen;
        }),
      ),
      elements: told.map((event, n) => elementDraft(event, told[n - 1], labelOf)),
    };
  };
  const scenes = narrative.scenes.map((scene): DraftScene => {
    const { ordinal: _, personIds: __, ...said } = bare(scene);
    const shots = shotsOf.get(scene.id) ?? [];
    const toldIn = groupBy(eventsOf.get(scene.id) ?? [], ({ startMs }) => shotAt(shots, startMs));
    const { number } = (scene.foreign?.screenplay ?? {}) as { number?: unknown };
    return {
      ...said,
      number: typeof number === 'string' ? number : undefined,
      shots:
        shots.length > 0
          ? shots.map((shot) => shotDraft(shot, toldIn.get(shot) ?? []))
          : [
              {
                elements: (toldIn.get(undefined) ?? []).map((event, n, told) =>
                  elementDraft(event, told[n - 1], labelOf),
                ),
              },
            ],
    };
  });
  const { title, language, synopsis, durationMs, foreign } = bare(episode);
  return {
    draft: {
      ...(!isOuter && { title }),
      language,
      synopsis,
      durationMs,
      persons: narrative.persons.map((person) => personDraft(person, labelOf(person.id), events)),
      scenes,
      highlights: orNone(
        narrative.highlights.map((highlight) => {
          const { setupEventIds: _, ...said } = bare(highlight);
          return { ...said, startMs: highlight.startMs, endMs: highlight.endMs };
        }),
      ),
      foreign,
    },
    ...(isOuter && { outerTitle: episode.title }),
    dropped: droppedFrom(narrative),
  };
}

type Bare<Node extends NarrativeNode> = Omit<Node, Exclude<keyof NarrativeNode, 'foreign'>>;

/** A node's own fields, without those that were worked out. */
function bare<Node extends NarrativeNode>(node: Node): Bare<Node> {
  const { id: _i, kind: _k, episodeId: _e, provenance: _p, ...own } = node;
  const workedOut = workedOutFields(node);
  if (workedOut.size === 0) return own;
  for (const field of workedOut) delete (own as Record<string, unknown>)[field];
  return own as Bare<Node>;
}

const orNone = <Value>(list: readonly Value[]): readonly Value[] | undefined => (list.length > 0 ? list : undefined);

/** A list of references, unless it was worked out or nobody knows of any. */
const saidList = (node: NarrativeNode, field: string, labels: readonly string[]) =>
  workedOutFields(node).has(field) ? undefined : orNone(labels);

const shotAt = (shots: readonly Shot[], atMs: number): Shot | undefined =>
  shots.findLast(({ startMs }) => startMs <= atMs) ?? shots[0];

function elementDraft(event: Event, before: Event | undefined, labelOf: (id: string) => string): DraftElement {
  const { ordinal: _o, sceneId: _s, shotIds: _h, personId: _p, targetIds: _t, ...said } = bare(event);
  const workedOut = workedOutFields(event);
  const isTogether =
    workedOut.has('startMs') && event.type === 'LINE' && before?.type === 'LINE' && before.startMs === event.startMs;
  return known<DraftElement>({
    ...said,
    person: event.personId === undefined || workedOut.has('personId') ? undefined : labelOf(event.personId),
    targets: saidList(event, 'targetIds', event.targetIds.map(labelOf)),
    simultaneous: isTogether || undefined,
  });
}

function personDraft(person: Person, label: string, events: readonly Event[]): DraftPerson {
  const { aliases, provisional, lineCount, portraitId: _, ...said } = bare(person);
  const counted = events.filter(({ type, personId }) => type === 'LINE' && personId === person.id).length;
  return known<DraftPerson>({
    ...said,
    label,
    aliases: aliases.length > 0 ? aliases : undefined,
    provisional: provisional === (person.name === undefined) ? undefined : provisional,
    lineCount: lineCount === counted ? undefined : lineCount,
  });
}

/** What somebody is called whose name nobody knows. */
export const nobodyKnown = 'Somebody';

/** A label for each person that a speaker tag can hold, and that no spelling makes another's: the name where it can be. */
export function labelPersons(persons: readonly Person[]): Map<string, string> {
  const taken = new Set<string>();
  /** Where to go on counting those of one name: a crowd of nobodies would be counted from the start each time. */
  const numbers = new Map<string, number>();
  return new Map(
    persons.map(({ id, name }) => {
      const plain = (name ?? '').replaceAll(/[()[\]{}<>^*_\\:\s\p{C}]+/gu, ' ').replace(/^[\s@~!#=.-]+/, '');
      const base = readSpeaker(plain)?.name ?? nobodyKnown;
      let label = base;
      let n = numbers.get(base) ?? 2;
      for (; taken.has(readSpeaker(label)?.key ?? ''); n++) label = `${base} ${n}`;
      numbers.set(base, n);
      taken.add(readSpeaker(label)?.key ?? '');
      return [id, label];
    }),
  );
}

const reasons = {
  keyframes: 'Pictures do not fit in a text.',
  speech: 'When somebody speaks is told by lines only.',
  signals: 'Measurements of picture and sound do not fit in a script.',
  embeddings: biometric,
  emotions: 'Emotions over time are worked out anew from what is told.',
  relationships: 'Relationships are worked out anew from what is told.',
  turns: 'Turns of relationships are worked out anew from what is told.',
  causalLinks: 'Causes are worked out anew from what is told.',
  layoutIssues: 'Issues of layout are worked out anew from positions.',
  counterfactuals: 'What-ifs are episodes of their own.',
} as const satisfies Partial<Record<NarrativeList, string>>;

function droppedFrom(narrative: Narrative): Dropped[] {
  const lists = Object.entries(reasons)
    .map(([what, reason]) => ({ what, count: narrative[what as keyof typeof reasons].length, reason }))
    .filter(({ count }) => count > 0);
  const echoed = new Set(
    narrative.events.flatMap(({ type, provenance }) =>
      type === 'LINE' ? provenance.evidence.map(({ nodeId }) => nodeId) : [],
    ),
  );
  const cues = narrative.cues.filter(({ id }) => !echoed.has(id)).length;
  const setups = narrative.highlights.filter(({ setupEventIds }) => setupEventIds.length > 0).length;
  const portraits = narrative.persons.filter(({ portraitId }) => portraitId !== undefined).length;
  const isFilm = narrative.episode.media !== undefined;
  return [
    ...(cues > 0
      ? [{ what: 'cues', count: cues, reason: 'Subtitles that are nobody’s line do not fit in a script.' }]
      : []),
    ...lists,
    ...(setups > 0
      ? [{ what: 'highlights.setupEventIds', count: setups, reason: 'A script cannot point at its events.' }]
      : []),
    ...(portraits > 0 ? [{ what: 'persons.portraitId', count: portraits, reason: reasons.keyframes }] : []),
    ...(isFilm
      ? [{ what: 'episode.media', count: 1, reason: 'The script stands for itself, not for the film file.' }]
      : []),
  ];
}
