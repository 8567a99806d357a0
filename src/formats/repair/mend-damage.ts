/**
 * Mends JSON in which single characters of its structure are lost, doubled, strayed or exchanged: where it stops being
 * JSON, the edit nearby is made that lets it go on furthest.
 */
import type { Difference } from './changed-text.js';
import { type ScanState, scanStart } from './json-scan.js';
import { editsNear, omissionsNear, plainSlips } from './likely-edits.js';
import { scanLoosely } from './loose-scan.js';

/** Characters looked at before and after the place where the text stops being JSON. */
const reach = 1500;
/** An edit is believed when as many tokens follow, or the end of the text; what is plain or but left out, sooner. */
const believedTokens = 8;
const believedOmission = 2;
const believedSlip = 1;
/** More are not looked at. */
const mostTokens = 40;
/** Edits that may be needed at one place, and first ones that are followed up. */
const editsTogether = 2;
const followedUp = 6;
/** Most edits of one text, and most characters that edits are tried on. */
const mostEdits = 200;
const mostTriedCharacters = 3e8;
/** Largest share of a text that is left out. */
const mostOmitted = 0.25;

/**
 * Edits, in the order of the text, that make it JSON as far as one or two in a place can. `mayOmit`: where they cannot,
 * a value that makes no sense is left out.
 */
export function findDamage(text: string, mayOmit: boolean): Difference[] {
  const edits: Difference[] = [];
  let current = text;
  /** From offsets of the current text beyond the last edit to those of the given one. */
  let shift = 0;
  let earliest = 0;
  let omitted = 0;
  const states: ScanState[] = [scanStart];
  const budget: Budget = { characters: mostTriedCharacters };
  while (edits.length < mostEdits) {
    const stop = scanOn(current, states);
    if (stop === undefined) break;
    const base = states.findLast(({ at }, index) => index === 0 || at <= stop - reach) ?? scanStart;
    const end = Math.min(stop + reach, current.length);
    const place: Place = {
      text: current.slice(base.at, end),
      base: { ...base, at: 0, from: 0 },
      stop: stop - base.at,
      earliest: Math.max(0, earliest - base.at),
      isEnd: end === current.length,
      before: edits.at(-1)?.added,
    };
    const found =
      search(place, editsTogether, budget)?.edits ??
      firstBelieved(place, plainSlips, believedSlip, budget) ??
      (mayOmit ? firstBelieved(place, omissionsNear, believedOmission, budget) : undefined);
    if (!found) break;
    const first = (found[0]?.at ?? 0) + base.at;
    for (const edit of found) {
      const at = edit.at + base.at;
      const length = edit.end - edit.at;
      omitted += Math.max(0, length - 2);
      edits.push({ at: at + shift, end: at + shift + length, added: edit.added });
      current = current.slice(0, at) + edit.added + current.slice(at + length);
      shift += length - edit.added.length;
      earliest = at + edit.added.length;
    }
    if (omitted > text.length * mostOmitted) return [];
    while (states.length > 1 && (states.at(-1)?.at ?? 0) > first) states.pop();
  }
  return edits;
}

interface Budget {
  characters: number;
}

/** Scans on from the last state, adding states; the offset at which the text stops being JSON, if it does. */
function scanOn(text: string, states: ScanState[]): number | undefined {
  for (let state = states.at(-1) ?? scanStart; ; ) {
    const next = scanLoosely(text, state);
    if (typeof next !== 'object') return next;
    states.push(next);
    state = next;
  }
}

/** A stretch of the text around the place where it stops being JSON. */
export interface Place {
  readonly text: string;
  /** What holds at its beginning. */
  readonly base: ScanState;
  readonly stop: number;
  /** Nothing before this is edited. */
  readonly earliest: number;
  /** Whether the stretch ends where the text does. */
  readonly isEnd: boolean;
  /** What the edit before added. */
  readonly before: string | undefined;
}

/** Smaller ranks are likelier. */
export type RankedEdit = Difference & { readonly rank: number };

interface Tried {
  /** Each in the text that the ones before it left. */
  readonly edits: readonly Difference[];
  readonly rank: number;
  /** Tokens that follow; infinite where the end of the text does. */
  readonly tokens: number;
  /** What is left of the stretch when reading stops. */
  readonly left: number;
  /** What the edits leave. */
  readonly after: Place;
}

/** The likeliest of the edits that most tokens follow; undefined where none is believed. */
function search(place: Place, depth: number, budget: Budget): Tried | undefined {
  const states = statesOf(place);
  const tried = [...editsNear(place, states)].flatMap((edit) => attempt(place, states, edit, budget) ?? []);
  const best = likeliest(tried.filter(({ tokens }) => tokens >= believedTokens));
  if (best || depth === 1) return best;
  tried.sort((one, other) => one.left - other.left || one.rank - other.rank);
  return likeliest(
    tried.slice(0, followedUp).flatMap((first) => {
      const second = search(first.after, depth - 1, budget);
      return second ? { ...second, edits: [...first.edits, ...second.edits], rank: first.rank + second.rank } : [];
    }),
  );
}

/** The first, by rank, of edits that little else can be meant by. */
function firstBelieved(
  place: Place,
  propose: (place: Place, states: readonly ScanState[]) => Iterable<RankedEdit>,
  tokens: number,
  budget: Budget,
): readonly Difference[] | undefined {
  const states = statesOf(place);
  for (const edit of [...propose(place, states)].sort((one, other) => one.rank - other.rank)) {
    const tried = attempt(place, states, edit, budget);
    if (tried && tried.tokens >= tokens) return tried.edits;
  }
  return undefined;
}

function statesOf(place: Place): ScanState[] {
  const states = [place.base];
  scanOn(place.text, states);
  return states;
}

/** What an edit leads to; undefined where it does not even lead over the place, or makes one key of several strings. */
function attempt(place: Place, states: readonly ScanState[], edit: RankedEdit, budget: Budget): Tried | undefined {
  const { at, end, added, rank } = edit;
  const start = states.findLast((state) => state.at <= at);
  if (!start || budget.characters <= 0) return undefined;
  budget.characters -= place.text.length;
  const text = place.text.slice(0, at) + added + place.text.slice(end);
  const edited = at + added.length;
  const beyond = place.stop + text.length - place.text.length;
  let tokens = 0;
  for (let state = start; tokens < mostTokens; ) {
    const next = scanLoosely(text, state);
    if (next === undefined && place.isEnd) tokens = Number.POSITIVE_INFINITY;
    // A token that the stretch cuts in two may well be whole, but for the one that was edited.
    if (next === text.length && !place.isEnd && state.at >= edited) tokens = mostTokens;
    if (typeof next !== 'object') {
      const stop = next ?? text.length;
      const after = { ...place, text, stop, earliest: edited, before: added };
      return stop > beyond || next === undefined
        ? { edits: [{ at, end, added }], rank, tokens, left: text.length - stop, after }
        : undefined;
    }
    const isEdited = next.from <= edited && edited <= next.at;
    if (isEdited && next.expected === ':' && /[",:{}[\]]/.test(text.slice(next.from + 1, next.at - 1)))
      return undefined;
    if (next.at > beyond) tokens++;
    state = next;
  }
  return { edits: [{ at, end, added }], rank, tokens, left: 0, after: place };
}

/** Furthest on, then by rank. */
const likeliest = (tried: readonly Tried[]): Tried | undefined =>
  tried.reduce<Tried | undefined>((best, one) => {
    if (!best) return one;
    const isWhole = Number(one.tokens === Number.POSITIVE_INFINITY) - Number(best.tokens === Number.POSITIVE_INFINITY);
    const further = isWhole || best.left - one.left;
    return further > 0 || (further === 0 && one.rank < best.rank) ? one : best;
  }, undefined);
