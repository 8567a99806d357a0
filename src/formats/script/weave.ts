/**
 * Writes a narrative as the text of a script. What was read from a text of the same format comes out as it was, where
 * its nodes still say what they said then; the rest is written anew. Then the text is read back, and what it does not
 * say goes into notes (details.ts): what a reader of ours makes of it is the draft again, by construction.
 */
import { FabulaError } from '../../../schema/errors.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { Written } from '../format.js';
import { ifReadable } from '../if-readable.js';
import { applyDetails, mergeParts } from './apply-details.js';
import { buildNarrative } from './build-narrative.js';
import { content } from './details.js';
import { detailsFor, wholeOf } from './details-for.js';
import { draftOf } from './draft-of.js';
import { droppedForeign } from './dropped-foreign.js';
import { type Frame, frameOf } from './piece.js';
import type { ScriptDraft } from './script-draft.js';
import type { ScriptForm } from './script-form.js';
import { flattened, type Slot, slotsOf } from './slots.js';

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
  return ifReadable(() => {
    const { draft } = applyDetails(form.parse(text), form.name);
    const taken = rebuilt(draft, form);
    const flat = form.hasShots ? taken : flattened(taken);
    return { slots: slotsOf(flat, taken, form), draft: flat };
  });
}

/** A draft as it comes out of the narrative that is built of it: what is compared must have gone that way. */
const rebuilt = (draft: ScriptDraft, form: ScriptForm): ScriptDraft =>
  draftOf(buildNarrative(draft, { episodeId: 'woven', format: form, version: form.version }).narrative).draft;

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
  const parsed = ifReadable(() => form.parse(text()));
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
