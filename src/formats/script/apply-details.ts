/** Puts the details that notes hold over what a script's text says. */
import type { ReportItem } from '../format.js';
import { type Detail, type EventTimes, readDetail, readTimes, withFields } from './details.js';
import { pieceOf } from './piece.js';
import type { DraftElement, DraftHighlight, DraftPerson, DraftScene, DraftShot, ScriptDraft } from './script-draft.js';

/** A line of a note, where it stands. */
export interface DetailLine {
  /** Index of the scene; -1 before the first. */
  readonly scene: number;
  /** In the text, from 1. */
  readonly line: number;
  readonly text: string;
}

/** What a text says, before the details in its notes. */
export interface ParsedScript {
  readonly draft: ScriptDraft;
  readonly details: readonly DetailLine[];
  readonly report?: readonly ReportItem[];
}

/** The draft with its details, and which of them could not be put anywhere. */
export function applyDetails(
  { draft, details, report = [] }: ParsedScript,
  format: string,
): { readonly draft: ScriptDraft; readonly report: readonly ReportItem[] } {
  if (details.length === 0) return { draft, report };
  const items: ReportItem[] = [...report];
  const byScene = new Map<number, Detail[]>();
  const timesOf = new Map<number, readonly EventTimes[]>();
  const whole: Detail[] = [];
  for (const { scene, line, text } of details) {
    const times = readTimes(text);
    if (times) {
      timesOf.set(scene, times);
      continue;
    }
    const detail = readDetail(text);
    if (typeof detail === 'string') {
      items.push({ what: 'LOST', line, reason: `A detail in a note cannot be read: ${detail}` });
      continue;
    }
    const list = ['scene', 'shot', 'event'].includes(detail.noun) ? (byScene.get(scene) ?? []) : whole;
    list.push(detail);
    if (list !== whole) byScene.set(scene, list);
  }
  const scenes = draft.scenes.map((scene, n) =>
    detailScene(scene, { details: byScene.get(n) ?? [], times: timesOf.get(n) ?? [] }, format, n, items),
  );
  const persons = [...(draft.persons ?? [])];
  const highlights = [...(draft.highlights ?? [])];
  let episode: Readonly<Record<string, unknown>> = {};
  for (const { noun, which, fields } of whole)
    if (noun === 'person') persons.push({ ...namedBy(which), ...fields } as DraftPerson);
    else if (noun === 'highlight') highlights.push(fields as unknown as DraftHighlight);
    else episode = { ...episode, ...fields };
  return {
    draft: {
      ...withFields(draft, episode),
      scenes,
      persons: persons.map((person) =>
        withFields(person, Object.fromEntries(Object.entries(person).filter(([, value]) => value === null))),
      ),
      highlights: highlights.filter(isWhole),
    },
    report: items,
  };
}

/** A person that a detail describes has its label for a name, unless the detail says otherwise. */
const namedBy = (which: number | string | undefined) => ({ label: String(which), name: String(which) });

const isWhole = ({ startMs, endMs, type, score }: DraftHighlight) =>
  [startMs, endMs, score].every(Number.isFinite) && typeof type === 'string';

function detailScene(
  scene: DraftScene,
  { details, times }: { readonly details: readonly Detail[]; readonly times: readonly EventTimes[] },
  format: string,
  n: number,
  items: ReportItem[],
): DraftScene {
  if (details.length === 0 && times.length === 0) return scene;
  const of = (noun: Detail['noun']) => details.filter((detail) => detail.noun === noun);
  const { events: wanted, ...fields } = Object.assign({}, ...of('scene').map((detail) => detail.fields)) as {
    events?: number;
  };
  const byEvent = new Map(of('event').map(({ which, fields: own }) => [which, own]));
  const parsed = scene.shots.flatMap(({ elements }) => elements);
  const parts = partsOf(parsed.length, byEvent);
  const isStale = parts.length !== (wanted ?? (times.length > 0 ? times.length : parts.length));
  if (isStale)
    items.push({
      what: 'CHANGED',
      reason: `Scene ${n + 1} has ${parts.length} events, its notes speak of ${wanted ?? times.length}: it was edited, and what they say of its shots and events was left out.`,
    });
  const own = withFields(scene, fields);
  if (isStale) return own;
  const merged = mergeParts(scene, parts, format);
  let index = 0;
  const shots = merged.shots.map((shot) => ({
    ...shot,
    elements: shot.elements.map((element) => {
      const { parts: _, ...said } = byEvent.get(++index) ?? {};
      return withFields({ ...element, ...times[index - 1] }, said);
    }),
  }));
  const byShot = new Map(of('shot').map(({ which, fields: said }) => [Number(which), said]));
  return { ...own, shots: detailShots(shots, byShot) };
}

/** Of how many paragraphs each event is made; those that are not spoken of are one. */
function partsOf(paragraphs: number, byEvent: ReadonlyMap<unknown, Readonly<Record<string, unknown>>>): number[] {
  const parts: number[] = [];
  for (let taken = 0; taken < paragraphs; ) {
    const wanted = Number(byEvent.get(parts.length + 1)?.parts ?? 1);
    parts.push(Math.max(1, Math.min(wanted, paragraphs - taken)));
    taken += parts.at(-1) ?? 1;
  }
  return parts;
}

/** Makes one element of those that are parts of one event; `parts` counts them, event by event. */
export function mergeParts(scene: DraftScene, parts: readonly number[], format: string): DraftScene {
  if (parts.every((count) => count === 1)) return scene;
  let event = 0;
  const shots = scene.shots.map((shot) => {
    const elements: DraftElement[] = [];
    for (let n = 0; n < shot.elements.length; ) {
      const some = shot.elements.slice(n, n + (parts[event++] ?? 1));
      elements.push(some.reduce((one, other) => merge(one, other, format)));
      n += some.length;
    }
    return { ...shot, elements };
  });
  return { ...scene, shots };
}

function merge(one: DraftElement, other: DraftElement, format: string): DraftElement {
  const [first, second] = [pieceOf(one, format), pieceOf(other, format)];
  const joined = first &&
    second && {
      source: `${first.source}${first.after ?? ''}${second.source}`,
      after: second.after,
      parts: (first.parts ?? 1) + (second.parts ?? 1),
    };
  const own = Object.fromEntries(Object.entries(other).filter(([, value]) => value !== undefined));
  return { ...one, ...own, ...(joined && { foreign: { ...one.foreign, [format]: joined } }) } as DraftElement;
}

/** Where the details count elements, shots are cut anew; otherwise they only add to those there are. */
function detailShots(
  shots: readonly DraftShot[],
  byShot: ReadonlyMap<number, Readonly<Record<string, unknown>>>,
): DraftShot[] {
  const elements = shots.flatMap((shot) => shot.elements);
  const counts = [...byShot.values()].map((said) => said.elements);
  const isCut = counts.length > shots.length || counts.some((count) => typeof count === 'number');
  if (!isCut) return shots.map((shot, n) => withFields(shot, byShot.get(n + 1) ?? {}));
  let from = 0;
  const cut: DraftShot[] = [];
  for (let n = 1; n <= Math.max(...byShot.keys()) && n <= 10_000; n++) {
    const { elements: count, ...said } = byShot.get(n) ?? {};
    const to = n === Math.max(...byShot.keys()) ? elements.length : from + (typeof count === 'number' ? count : 0);
    const { elements: _, ...base } = shots[n - 1] ?? { elements: [] };
    cut.push({ ...withFields(base, said), elements: elements.slice(from, to) });
    from = Math.min(to, elements.length);
  }
  return cut;
}
