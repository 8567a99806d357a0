/** What SkyScript's JSON does not hold of a draft: it knows no names, no times, and one thing that each does and says in a shot. */
import type { Dropped } from '../format.js';
import { castOf } from '../script/cast.js';
import { saysSomething } from '../script/details.js';
import type { DraftElement, DraftShot, ScriptDraft } from '../script/script-draft.js';
import { doings } from './doings.js';
import { readSetting } from './fields.js';
import { keptOf } from './kept.js';

const held = {
  scenes: ['number', 'shots', 'location', 'music'],
  shots: ['action', 'appearances', 'objects', 'elements', 'subjects', 'shotSize'],
  persons: ['label', 'ageRange', 'gender', 'looks', 'temperament'],
  appearances: ['person', 'vad', 'foreground', 'action', 'expression'],
  objects: ['name', 'description', 'foreground'],
  events: ['type', 'person'],
} as const;

const reasons: Readonly<Record<string, string>> = {
  events: 'What nobody does or says has no place in a case.',
  lines: 'A line that is said again in its scene is taken for the same one.',
  persons: 'Whoever is not in any case has no place.',
  scenes: 'A scene without a shot has no case.',
  'persons.name': 'People have no names in SkyScript.',
  'scenes.description': 'Cases are described, not scenes.',
  'shots.shotSize': 'Whoever stands in the foreground or background has that in place of the size.',
  'events.dialogue': 'Somebody has one line in a case.',
};
const isTime = /(?:Ms|simultaneous)$/;

export function lossesOf(draft: ScriptDraft): Dropped[] {
  const counts = new Map<string, number>();
  const add = (what: string, count = 1) => count > 0 && counts.set(what, (counts.get(what) ?? 0) + count);
  const compare = (list: keyof typeof held, node: object, ...more: readonly string[]) => {
    const known: readonly string[] = [...held[list], ...more, 'foreign'];
    for (const [field, value] of Object.entries(node))
      if (!known.includes(field) && saysSomething(value) && !isUsual(list, field, value)) add(`${list}.${field}`);
  };
  const { title, language, synopsis, durationMs, highlights = [], persons = [], scenes } = draft;
  for (const [field, value] of Object.entries({ title, language, synopsis, durationMs }))
    if (value !== undefined) add(`episode.${field}`);
  add('highlights', highlights.length);
  const there = new Set<string>();
  for (const scene of scenes) {
    const [opening] = scene.shots;
    const isSaidOf = scene.description !== undefined && (opening?.action ?? scene.description) === scene.description;
    compare(
      'scenes',
      scene,
      ...(isSaidOf || keptOf(opening ?? {}) ? ['description'] : []),
      ...(readSetting(scene.description) === scene.setting ? ['setting'] : []),
    );
    const said = new Set<string>();
    for (const shot of scene.shots) {
      compare('shots', shot);
      const { appearances = [], objects = [] } = shot;
      for (const appearance of appearances) compare('appearances', appearance);
      for (const object of objects) compare('objects', object);
      for (const { person } of appearances) there.add(person);
      for (const { type, person } of shot.elements) if (isDoing(type) && person) there.add(person);
      if (shot.shotSize !== undefined && isSizeHidden(shot)) add('shots.shotSize');
      eventLosses(shot, add, (element, more) => compare('events', element, ...more));
      for (const line of linesOf(shot)) {
        if (said.has(line)) add('lines');
        said.add(line);
      }
    }
  }
  const introduced = introducedIn(scenes);
  for (const person of persons)
    if (there.has(person.label)) compare('persons', person);
    else if (!introduced(person.label)) add('persons');
  return [...counts].map(([what, count]) => ({
    ...{ what, count },
    reason: reasons[what] ?? (isTime.test(what) ? 'SkyScript knows no times.' : 'SkyScript has no place for it.'),
  }));
}

/** Whether the words of a description introduce somebody (`EMMA (20s)`), so that whoever reads it meets them again. */
function introducedIn(scenes: ScriptDraft['scenes']): (label: string) => boolean {
  const cast = castOf({
    scenes: scenes.map(({ shots }) => ({
      shots: shots.map(({ action, elements }) => ({
        ...(action !== undefined && { action }),
        elements: elements.flatMap(({ type, action: done }) => (done ? [{ type, action: done, person: null }] : [])),
      })),
    })),
  });
  return (label) => cast.memberOf(label) !== undefined;
}

const isDoing = (type: DraftElement['type']) => type === 'LINE' || type === 'ACTION';

/** As nodes are without being told. */
const isUsual = (list: string, field: string, value: unknown) =>
  (list === 'scenes' && field === 'setting' && value === 'UNKNOWN') ||
  (list === 'shots' && field === 'transition' && (value === 'CUT' || value === 'START')) ||
  (list === 'persons' && field === 'provisional');

function isSizeHidden({ appearances = [], objects = [], elements }: DraftShot): boolean {
  const seen = new Set(appearances.map(({ person }) => person));
  const isHeard = elements.some(({ type, person }) => isDoing(type) && person && !seen.has(person));
  return !isHeard && [...appearances, ...objects].every(({ foreground }) => foreground !== undefined);
}

/** The lines that begin in a shot, each as its case holds it. */
function linesOf({ elements, ...shot }: DraftShot): string[] {
  const speakers = new Set(elements.flatMap(({ type, person }) => (type === 'LINE' && person ? [person] : [])));
  return [...speakers].flatMap((label) => {
    const own = elements.filter(({ person }) => person === label);
    const appearance = shot.appearances?.find(({ person }) => person === label);
    return doings(appearance ?? { person: label }, own, undefined, new Map()).line ?? [];
  });
}

function eventLosses(
  { elements, appearances = [] }: DraftShot,
  add: (what: string, count?: number) => void,
  compare: (element: DraftElement, more: readonly string[]) => void,
): void {
  const spoken = new Map<string, number>();
  for (const element of elements) {
    const { type, person, dialogue, action, expression } = element;
    if (keptOf(element)) {
      compare(element, ['dialogue', 'action', 'expression']);
      continue;
    }
    if (!isDoing(type) || !person || (type === 'LINE' ? dialogue : action) === undefined) {
      add('events');
      continue;
    }
    const appearance = appearances.find((seen) => seen.person === person) ?? { person };
    const own = elements.filter((other) => other.person === person);
    const now = doings(appearance, own, undefined, new Map());
    if (type === 'LINE') {
      spoken.set(person, (spoken.get(person) ?? 0) + 1);
      compare(element, ['dialogue']);
    } else
      compare(element, [
        ...(now.action === action ? ['action'] : []),
        ...(now.expression === expression ? ['expression'] : []),
      ]);
  }
  for (const count of spoken.values()) if (count > 1) add('events.dialogue', count);
}
