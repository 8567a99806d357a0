/**
 * Writes a narrative as the text of a script. What was read from a text of the same format comes out as it was, where
 * its nodes still say what they said then; the rest is written anew. Then the text is read back, and what it does not
 * say goes into notes (details.ts): what a reader of ours makes of it is the draft again, by construction.
 */
import { FabulaError } from '../../../schema/errors.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { Written } from '../format.js';
import { readSpeaker } from '../speaker.js';
import { applyDetails, mergeParts, type ParsedScript } from './apply-details.js';
import { buildNarrative } from './build-narrative.js';
import { content, difference, writeDetail, writeTimes } from './details.js';
import { draftOf } from './draft-of.js';
import { droppedForeign } from './dropped-foreign.js';
import { type Frame, frameOf, type Piece, pieceOf } from './piece.js';
import type { DraftElement, DraftPerson, DraftScene, DraftShot, ScriptDraft } from './script-draft.js';

/** A piece of text that was written anew. */
export interface Fresh {
  readonly text: string;
  /** Of how many paragraphs an event is made. Default: one. */
  readonly parts?: number | undefined;
}

/** What an element stands among when it is written. */
export interface Around {
  readonly before: DraftElement | undefined;
  readonly after: DraftElement | undefined;
  /** Counts events through the script, from 1. */
  readonly number: number;
  /** Whether it takes the place of text that was read, and what stood around that still stands. */
  readonly inPlace: boolean;
}

/** What a format of scripts brings: how to read its text, and how to write each thing. */
export interface ScriptForm {
  readonly name: string;
  readonly title: string;
  /** Of its reader; provenance names it. */
  readonly version: string;
  /** Whether its text tells shots apart; otherwise all elements of a scene follow each other. */
  readonly hasShots: boolean;
  /** Where it says how a scene's first shot begins: above the heading, or with the shot. */
  readonly transitions: 'scene' | 'shot';
  /** Never throws but SCRIPT_UNREADABLE; nodes carry the pieces they were read from. */
  parse(text: string): ParsedScript;
  head(draft: ScriptDraft): string;
  tail(draft: ScriptDraft): string;
  /** The heading, with what describes the scene; `opening` is its first shot. */
  scene(scene: DraftScene, n: number, opening: DraftShot | undefined): string;
  /** Empty where the format does not tell shots apart. */
  /** `m` is its index in the scene, `number` counts through the script from 1. */
  shot(shot: DraftShot, m: number, scene: DraftScene, number: number): string;
  element(element: DraftElement, around: Around): Fresh;
  details(lines: readonly string[]): string;
  /** The text without any notes that `details` wrote. */
  withoutDetails(text: string): string;
  /** What has to stand between a text and what is written anew behind it. */
  gap(text: string): string;
  /** What stands behind each thing that is written anew: it ends without. */
  readonly separator: string;
  /** The head and tail with another title; undefined where they cannot take it. */
  retitle(frame: Frame, from: string | undefined, to: string): Frame | undefined;
}

/** A stretch of the script: a scene's heading, a shot's opening, or an element. */
interface Slot {
  readonly scene: number;
  /** Its content, to be compared. */
  readonly says: () => string;
  readonly piece: Piece | undefined;
  readonly write: (inPlace: boolean) => Fresh;
  readonly isElement: boolean;
  /** Whether it was read from the text of the element before it: a line that several say. */
  readonly isJoint?: boolean;
}

export function weave(narrative: Narrative, form: ScriptForm): Written {
  const { draft: taken, outerTitle, dropped: lost } = draftOf(narrative);
  const dropped = [...lost, ...droppedForeign(narrative, [form.name, 'screenplay'], form.title)];
  const draft = form.hasShots ? taken : flattened(taken);
  const slots = slotsOf(draft, taken, form);
  const original = originalOf(draft, slots, form);
  const titled = { ...draft, title: draft.title ?? outerTitle };
  if (original?.isUntouched) return { text: original.text, dropped };
  const woven =
    (original && finish(compose(titled, slots, form, original), draft, taken, form)) ??
    finish(compose(titled, slots, form), draft, taken, form);
  if (woven === undefined)
    throw new FabulaError(
      'INTERNAL',
      `The ${form.title} that was written cannot be read back as the same scenes and lines.`,
    );
  return { text: woven, dropped };
}

/** Every scene's elements in one shot. */
const flattened = (draft: ScriptDraft): ScriptDraft => ({
  ...draft,
  scenes: draft.scenes.map(({ shots, ...scene }) => ({
    ...scene,
    shots: [{ ...bareShot(shots[0]), elements: shots.flatMap(({ elements }) => elements) }],
  })),
});

/** A shot without what is in it. */
const bareShot = (shot: DraftShot | undefined) => {
  const { elements: _, ...bare } = shot ?? { elements: [] };
  return bare;
};

function slotsOf(draft: ScriptDraft, taken: ScriptDraft, form: ScriptForm): Slot[] {
  const saysAboveScene = form.transitions === 'scene';
  let shotNumber = 0;
  let eventNumber = 0;
  return draft.scenes.flatMap((scene, n): Slot[] => {
    const { shots, foreign: _, ...own } = scene;
    const unseen = form.hasShots
      ? []
      : (taken.scenes[n]?.shots ?? []).map((shot) => [bareShot(shot), shot.elements.length]);
    return [
      {
        ...{ scene: n, isElement: false, piece: pieceOf(scene, form.name) },
        says: () => content([own, unseen, saysAboveScene && shots[0]?.transition]),
        write: () => ({ text: form.scene(scene, n, shots[0]) }),
      },
      ...shots.flatMap((shot, m): Slot[] => {
        const number = ++shotNumber;
        return [
          ...(form.hasShots
            ? [
                {
                  ...{
                    scene: n,
                    isElement: false,
                    says: () =>
                      content(
                        m === 0 && saysAboveScene ? { ...bareShot(shot), transition: undefined } : bareShot(shot),
                      ),
                    piece: pieceOf(shot, form.name),
                  },
                  write: () => ({ text: form.shot(shot, m, scene, number) }),
                },
              ]
            : []),
          ...shot.elements.map((element, k): Slot => {
            const event = ++eventNumber;
            return {
              ...{ scene: n, isElement: true, says: () => content(element), piece: pieceOf(element, form.name) },
              isJoint: element.simultaneous === true && pieceOf(element, form.name)?.source === '',
              write: (inPlace) => {
                const [before, after] = [shot.elements[k - 1], shot.elements[k + 1]];
                return form.element(element, { before, after, number: event, inPlace });
              },
            };
          }),
        ];
      }),
    ];
  });
}

interface Original {
  readonly text: string;
  readonly frame: Frame | undefined;
  /** Slots whose pieces still hold. */
  readonly kept: ReadonlySet<Slot>;
  /** Nothing says anything else than it did. */
  readonly isUntouched: boolean;
}

/** The text that the narrative was read from, as far as its nodes remember it, and which of it still holds. */
function originalOf(draft: ScriptDraft, slots: readonly Slot[], form: ScriptForm): Original | undefined {
  const frame = frameOf(draft, form.name);
  const pieced = slots.filter(({ piece }) => piece !== undefined);
  if (!frame && pieced.length === 0) return undefined;
  const text = `${frame?.head ?? ''}${pieced.map(({ piece }) => `${piece?.source}${piece?.after ?? ''}`).join('')}${frame?.tail ?? ''}`;
  const reread = rereadSlots(text, form);
  if (!reread || reread.slots.length !== pieced.length) return undefined;
  const kept = keptTogether(
    pieced,
    pieced.map(({ says }, n) => says() === reread.slots[n]?.says()),
  );
  const holdsHead = frame !== undefined && draft.title === reread.draft.title;
  const isWhole = content(wholeOf(draft)) === content(wholeOf(reread.draft));
  return {
    text,
    frame: frame && (holdsHead ? frame : form.retitle(frame, reread.draft.title, draft.title ?? '')),
    kept,
    isUntouched: holdsHead && isWhole && kept.size === slots.length,
  };
}

/** The slots that say what they said then; of one line of several, all or none. */
function keptTogether(slots: readonly Slot[], isAsThen: readonly boolean[]): Set<Slot> {
  const kept = new Set<Slot>();
  for (let n = 0; n < slots.length; ) {
    let end = n + 1;
    while (slots[end]?.isJoint) end++;
    if (isAsThen.slice(n, end).every(Boolean)) for (const slot of slots.slice(n, end)) kept.add(slot);
    n = end;
  }
  return kept;
}

function rereadSlots(text: string, form: ScriptForm): { slots: Slot[]; draft: ScriptDraft } | undefined {
  return readable(() => {
    const { draft } = applyDetails(form.parse(text), form.name);
    const taken = rebuilt(draft, form);
    const flat = form.hasShots ? taken : flattened(taken);
    return { slots: slotsOf(flat, taken, form), draft: flat };
  });
}

/** What a reading gives, or nothing where there is no reading it. */
function readable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FabulaError) return undefined;
    throw error;
  }
}

/** A draft as it comes out of the narrative that is built of it: what is compared must have gone that way. */
const rebuilt = (draft: ScriptDraft, form: ScriptForm): ScriptDraft =>
  draftOf(buildNarrative(draft, { episodeId: 'woven', format: form, version: form.version }).narrative).draft;

/** What does not stand in any scene. */
const wholeOf = ({ language, synopsis, durationMs, persons = [], highlights }: ScriptDraft) => ({
  ...{ language, synopsis, durationMs, highlights },
  persons,
});

/** As much of what was written as tells whether a blank line is there. */
const tailLength = 8;

interface Composed {
  readonly head: string;
  /** By scene. */
  readonly scenes: readonly string[][];
  readonly tail: string;
  /** Of how many paragraphs each event is made, scene by scene. */
  readonly parts: readonly number[][];
}

function compose(draft: ScriptDraft, slots: readonly Slot[], form: ScriptForm, original?: Original): Composed {
  const scenes: string[][] = draft.scenes.map(() => []);
  const parts: number[][] = draft.scenes.map(() => []);
  const usesCarriageReturns = original?.text.includes('\r\n') ?? false;
  const lineEnds = (text: string) => (usesCarriageReturns ? text.replaceAll(/\r?\n/g, '\r\n') : text);
  const frame = original?.frame ?? { head: lineEnds(form.head(draft)), tail: lineEnds(form.tail(draft)) };
  let written = frame.head.slice(-tailLength);
  const put = (own: string[], text: string) => {
    own.push(text);
    written = `${written}${text}`.slice(-tailLength);
  };
  for (const slot of slots) {
    const own = scenes[slot.scene] ?? [];
    const piece = original && slot.piece;
    const isKept = piece !== undefined && original?.kept.has(slot) === true;
    const fresh = isKept ? { text: piece.source, parts: piece.parts } : slot.write(piece !== undefined);
    if (fresh.text !== '') put(own, isKept ? fresh.text : lineEnds(`${form.gap(written)}${fresh.text}`));
    if (slot.isElement) parts[slot.scene]?.push(fresh.parts ?? 1);
    put(own, piece ? (piece.after ?? '') : fresh.text === '' ? '' : lineEnds(form.separator));
  }
  return { head: frame.head, scenes, tail: frame.tail ?? '', parts };
}

/** Reads the text back and puts what it does not say into notes; undefined where its scenes or events are others. */
function finish(
  { head, scenes, tail, parts }: Composed,
  draft: ScriptDraft,
  taken: ScriptDraft,
  form: ScriptForm,
): string | undefined {
  const text = () => `${head}${scenes.map((texts) => texts.join('')).join('')}${tail}`;
  const parsed = readable(() => form.parse(text()));
  if (parsed?.draft.scenes.length !== draft.scenes.length) return undefined;
  const merged = parsed.draft.scenes.map((scene, n) => mergeParts(scene, parts[n] ?? [], form.name));
  const read = rebuilt({ ...parsed.draft, scenes: merged }, form);
  const wanted = detailsFor(draft, taken, form.hasShots ? read : flattened(read), parts, form);
  if (!wanted) return undefined;
  for (const [n, texts] of scenes.entries()) {
    const lines = wanted[n] ?? [];
    const there = parsed.details.filter(({ scene }) => scene === n || (n === 0 && scene < 0));
    if (there.map((detail) => detail.text).join('\n') === lines.join('\n')) continue;
    for (const [index, piece] of texts.entries()) texts[index] = form.withoutDetails(piece);
    if (lines.length > 0) texts.push(form.gap(`${head}${texts.join('')}`), form.details(lines), form.separator);
  }
  return text();
}

/** The lines of details for each scene; those of the episode and its persons stand in the last one. */
function detailsFor(
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
