/** What a script's text does not say of its draft: the lines that go into notes. */
import { readSpeaker } from '../speaker.js';
import { content, difference, writeDetail, writeTimes } from './details.js';
import type { DraftPerson, DraftScene, ScriptDraft } from './script-draft.js';
import type { ScriptForm } from './script-form.js';
import { bareShot } from './slots.js';

/** The lines of details for each scene; those of the episode and its persons stand in the last one. */
export function detailsFor(
  draft: ScriptDraft,
  taken: ScriptDraft,
  read: ScriptDraft,
  parts: readonly (readonly number[])[],
  form: ScriptForm,
): string[][] | undefined {
  const lines: string[][] = [];
  for (const [n, scene] of draft.scenes.entries()) {
    const other = read.scenes[n];
    const [events, others] = [scene, other].map((one) => one?.shots.flatMap(({ elements }) => elements) ?? []);
    if (!other || !events || !others || events.length !== others.length) return undefined;
    if (form.hasShots && !isCutAlike(scene, other)) return undefined;
    const differences = events.map((event, k) => difference(event, others[k] ?? {}));
    const inScene = [
      ...shotDetails(taken.scenes[n] ?? scene, other, form),
      ...timesDetail(differences),
      ...differences.flatMap(({ startMs: _s, endMs: _e, ...said }, k) => {
        const count = parts[n]?.[k] ?? 1;
        const fields = { ...(count > 1 && { parts: count }), ...said };
        return Object.keys(fields).length > 0 ? [writeDetail({ noun: 'event', which: k + 1, fields })] : [];
      }),
    ];
    const own = { ...difference(scene, other, ['shots']), ...(inScene.length > 0 && { events: events.length }) };
    lines.push([...(Object.keys(own).length > 0 ? [writeDetail({ noun: 'scene', fields: own })] : []), ...inScene]);
  }
  lines.at(-1)?.push(...wholeDetails(draft, read));
  return lines;
}

/** The times among what events say beyond their text. */
function timesDetail(differences: readonly Readonly<Record<string, unknown>>[]): string[] {
  const known = (ms: unknown) => (typeof ms === 'number' ? ms : undefined);
  const line = writeTimes(differences.map(({ startMs, endMs }) => ({ startMs: known(startMs), endMs: known(endMs) })));
  return line === undefined ? [] : [line];
}

const isCutAlike = (scene: DraftScene, other: DraftScene): boolean =>
  scene.shots.length === other.shots.length &&
  scene.shots.every(({ elements }, m) => elements.length === other.shots[m]?.elements.length);

/** As `buildNarrative` fills what is not said of a shot. */
const plainShot = { transition: 'CUT' };

function shotDetails(taken: DraftScene, read: DraftScene, form: ScriptForm): string[] {
  const isCut = !form.hasShots && taken.shots.length > 1;
  return taken.shots.flatMap((shot, m) => {
    const other = read.shots[m];
    const fields = difference(bareShot(shot), other ? bareShot(other) : plainShot, ['lastsMs']);
    if (isCut) fields.elements = shot.elements.length;
    return Object.keys(fields).length > 0 ? [writeDetail({ noun: 'shot', which: m + 1, fields })] : [];
  });
}

function wholeDetails(draft: ScriptDraft, read: ScriptDraft): string[] {
  const { persons, highlights = [], ...episode } = wholeOf(draft);
  const { persons: _, highlights: __, ...other } = wholeOf(read);
  const title = draft.title === undefined || draft.title === read.title ? {} : { title: draft.title };
  const fields = { ...title, ...difference(episode, other) };
  const readPersons = new Map((read.persons ?? []).map((person) => [person.label, person]));
  const names = namesakes(draft.persons ?? []);
  return [
    ...(Object.keys(fields).length > 0 ? [writeDetail({ noun: 'episode', fields })] : []),
    ...(draft.persons ?? []).flatMap((person) => {
      const found = readPersons.get(person.label);
      const isSaid = found !== undefined && content(found) === content(person);
      if (isSaid && !names.has(person.label)) return [];
      const { label, ...own } = person;
      return [writeDetail({ noun: 'person', which: label, fields: difference(own, { name: label }) })];
    }),
    ...highlights.map((highlight) => writeDetail({ noun: 'highlight', fields: { ...highlight } })),
  ];
}

/** Labels that somebody else's name or alias would be taken for. */
function namesakes(persons: readonly DraftPerson[]): ReadonlySet<string> {
  const keyOf = (name: string | undefined) => readSpeaker(name ?? '')?.key;
  const owners = new Map(persons.map(({ label }) => [keyOf(label), label]));
  return new Set(
    persons.flatMap(({ label, name, aliases = [] }) =>
      [name, ...aliases].flatMap((other) => {
        const owner = owners.get(keyOf(other));
        return owner !== undefined && owner !== label ? [owner, label] : [];
      }),
    ),
  );
}

/** What does not stand in any scene. */
export const wholeOf = ({ language, synopsis, durationMs, persons = [], highlights }: ScriptDraft) => ({
  ...{ language, synopsis, durationMs, highlights },
  persons,
});
