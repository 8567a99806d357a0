/** What OmniScript does not hold of a narrative: found by reading back what was written. */
import type { Narrative } from '../../../schema/narrative.js';
import { groupBy } from '../../narrative/group-by.js';
import type { Dropped } from '../format.js';
import { content, difference, saysSomething } from '../script/details.js';
import type { DraftElement, DraftPerson, DraftScene, DraftShot, ScriptDraft } from '../script/script-draft.js';

const reasons: Readonly<Record<string, string>> = {
  'episode.durationMs': 'Times are whole seconds.',
  'events.startMs': 'Times are whole seconds.',
  'events.endMs': 'An event lasts until the next one begins: pauses and overlaps are not told.',
  'events.targets': 'Whom something is said or done to is not told.',
  'events.person': 'Nobody is called so.',
  'persons.provisional': 'Whoever has no name is called by a label, as if it were one.',
  'scenes.startMs': 'A scene begins with its first event.',
  'scenes.endMs': 'A scene ends where the next one begins.',
  'highlights.startMs': 'Times are whole seconds.',
  'highlights.endMs': 'Times are whole seconds.',
  'highlights.contributions': 'Only the score is told, not what it is made of.',
};

/** Field by field, what reading the text again does not give back. */
export function lossesBetween(now: ScriptDraft, back: ScriptDraft, narrative: Narrative): Dropped[] {
  const counts = new Map<string, number>();
  const add = (what: string, count = 1) => count > 0 && counts.set(what, (counts.get(what) ?? 0) + count);
  const compare = (list: string, one: object, other: object | undefined, apart: readonly string[] = []) => {
    for (const field of Object.keys(difference(one, other ?? {}, apart)))
      if (saysSomething((one as Readonly<Record<string, unknown>>)[field])) add(`${list}.${field}`);
  };
  const wholes = [now, back].map(({ title, language, synopsis, durationMs }) => ({
    title,
    language,
    synopsis,
    durationMs,
  }));
  compare('episode', wholes[0] ?? {}, wholes[1]);
  const backPersons = new Map((back.persons ?? []).map((person) => [person.label, person]));
  for (const person of now.persons ?? []) {
    const other = backPersons.get(person.label);
    compare('persons', person, other, ['provisional']);
    if (isProvisional(person) !== isProvisional(other ?? person)) add('persons.provisional');
  }
  for (const [n, scene] of now.scenes.entries()) {
    const other = back.scenes[n];
    compare('scenes', scene, other, ['shots']);
    const [elements, others] = [elementsOf(scene), other ? elementsOf(other) : []];
    for (const [k, element] of elements.entries()) compare('events', element, others[k]);
    add('shots', shotsLost(scene, other));
    for (const { appearances = [], objects = [] } of scene.shots) {
      add('appearances', appearances.length);
      add('objects', objects.length);
    }
  }
  for (const [n, highlight] of (now.highlights ?? []).entries()) compare('highlights', highlight, back.highlights?.[n]);
  const estimated = narrative.events.filter(({ provenance }) =>
    provenance.fields?.some(({ field, by }) => field === 'startMs' && by === 'page-time'),
  ).length;
  return [
    ...[...counts].map(([what, count]) => ({
      ...{ what, count },
      reason: reasons[what] ?? 'OmniScript has no place for it.',
    })),
    ...merged(now, back),
    ...(estimated > 0 && now.foreign?.omniscript === undefined
      ? [{ what: 'events.provenance', count: estimated, reason: 'That times are estimated is not told.' }]
      : []),
  ];
}

const elementsOf = ({ shots }: DraftScene): DraftElement[] => shots.flatMap(({ elements }) => elements);

const isProvisional = ({ provisional, name }: DraftPerson) => provisional ?? name === undefined;

/** Shots that say something of themselves, or part a scene's events. */
function shotsLost(scene: DraftScene, back: DraftScene | undefined): number {
  const own = ({ elements: _e, appearances: _a, objects: _o, ...shot }: DraftShot) => shot;
  const [first] = back?.shots ?? [];
  const isLone = scene.shots.length === 1;
  return scene.shots.filter((shot) => !isLone || content(own(shot)) !== content(first && own(first))).length;
}

/** Events that begin apart, and at one time when they are read again. */
function merged(draft: ScriptDraft, back: ScriptDraft): Dropped[] {
  const starts = draft.scenes.flatMap((scene, n) => {
    const others = back.scenes[n] ? elementsOf(back.scenes[n]) : [];
    return elementsOf(scene).flatMap(({ startMs }, k) => {
      const backMs = others[k]?.startMs;
      return startMs === undefined || backMs === undefined ? [] : [{ startMs, backMs }];
    });
  });
  const apart = [...groupBy(starts, ({ backMs }) => backMs).values()].filter(
    (group) => new Set(group.map(({ startMs }) => startMs)).size > 1,
  );
  const count = apart.flat().length;
  const reason = 'Several begin in one second: only their order tells which comes first.';
  return count > 0 ? [{ what: 'events.order', count, reason }] : [];
}
