/** Aligns the dialogue of a script or subtitle file to the cues of an analysed film. */
import { FabulaError } from '../../../schema/errors.js';
import type { Grams } from '../evaluation/lexical-similarity.js';
import { isDense, normalText } from '../evaluation/normal-text.js';
import { groupBy } from '../group-by.js';
import type { Passage } from './align-passages.js';
import type { AlignedLine, Alignment, LaidCue } from './alignment.js';
import { withoutStrays } from './drop-strays.js';
import { isTelling, matchLines } from './match-lines.js';
import { ownRows } from './own-rows.js';
import { placeLines } from './place-lines.js';
import type { DialogueScript, FilmCue } from './script-line.js';
import { type LineWords, shareWords } from './share-words.js';
import { filmTimeOf, type TimeMap } from './time-map.js';
import { type Unit, unitReader, unitsOf } from './units.js';

/** Share of the n-grams of the smaller of the two that must be found. Unrelated dialogue shares .02 (see bench). */
const leastCovered = 0.12;
/** Passages that are no accident, where less than half is found. */
const leastTelling = 3;
/** A piece of a line that no cue shares still belongs to the cue beside it, if it is no longer than this (n-grams). */
const shortPiece = 14;

/**
 * Every line of the script with its place in the film, and what the script says on every cue. Deterministic; about
 * n log n for lines in order. SCRIPT_MISMATCH where the two have too little in common; NOT_FOUND where there is nothing
 * to align.
 */
export function alignScript(script: DialogueScript, film: readonly FilmCue[], durationMs: number): Alignment {
  const cues = film.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  const read = unitReader();
  const rowsOf = ownRows(
    cues.map(({ text }) => text),
    script.lines.map(({ text }) => text),
  );
  const grams = cues.map(({ text }) => read(rowsOf(text)));
  const units = unitsOf(script.lines, read);
  if (units.length === 0) throw new FabulaError('SCRIPT_MISMATCH', 'The script has no dialogue to align.');
  if (grams.every((one) => one === undefined))
    throw new FabulaError(
      'SCRIPT_MISMATCH',
      'The film has no cues to align a script to.',
      'Analyse it with subtitles, or where its speech can be transcribed.',
    );
  const { passages, map } = matchLines(script.lines, units, cues, grams);
  const covered = coverage(passages, units, grams);
  const telling = passages.filter(isTelling(units)).length;
  if (covered < leastCovered || telling < (covered < 0.5 ? leastTelling : 1)) throw mismatch(script, cues, covered);

  const laid = withoutStrays(layWords(script, units, passages, cues, grams, read)).map((each) =>
    rowsOf(each.read) === each.read ? each : { ...each, compared: rowsOf(each.read) },
  );
  const lines = outcomesOf(script, units, passages, laid, cues, map, durationMs);
  return {
    alignmentVersion: 1,
    ...{ title: script.title, format: script.format, lines, places: script.places, laid },
    ...(map && { map }),
    covered,
    otherCues: cues.length - laid.length,
  };
}

function coverage(passages: readonly Passage[], units: readonly Unit[], grams: readonly (Grams | undefined)[]): number {
  const total = (some: readonly (Grams | undefined)[]) => some.reduce((sum, one) => sum + (one?.length ?? 0), 0);
  const shared = passages.reduce((sum, { units: some, cues, similarity }) => {
    const both = total(some.map((unit) => units[unit]?.grams)) + total(cues.map((cue) => grams[cue]));
    return sum + (similarity * both) / 2;
  }, 0);
  return Math.min(1, shared / Math.max(1, Math.min(total(units.map((unit) => unit.grams)), total(grams))));
}

function mismatch({ lines }: DialogueScript, cues: readonly FilmCue[], covered: number): FabulaError {
  const share = (texts: readonly { readonly text: string }[]) => {
    const signs = [...normalText(texts.map(({ text }) => text).join(''))];
    return signs.filter((sign) => isDense(sign)).length / Math.max(1, signs.length);
  };
  const isTranslated = Math.abs(share(lines) - share(cues)) > 0.5;
  return new FabulaError(
    'SCRIPT_MISMATCH',
    isTranslated
      ? 'The script is in another language than the film’s cues: they have no words in common.'
      : covered >= leastCovered
        ? 'The script and this film share too few lines that others would not say, too.'
        : `The script does not fit this film: of what both could say, ${Math.round(covered * 100)} % is the same; ${leastCovered * 100} % is needed.`,
    isTranslated
      ? 'Give it in the language of the cues.'
      : 'Check that it is of this film, and in the language of its cues.',
  );
}

/** What the script says on each cue that it has words for. */
function layWords(
  { lines }: DialogueScript,
  units: readonly Unit[],
  passages: readonly Passage[],
  cues: readonly FilmCue[],
  grams: readonly (Grams | undefined)[],
  read: (text: string) => Grams | undefined,
): LaidCue[] {
  const matched = new Set(passages.flatMap((passage) => passage.units));
  const found = passages.flatMap((passage): LaidCue[] => {
    const [first = 0] = passage.units;
    const last = passage.units.at(-1) ?? first;
    const own = [...shortBefore(first), ...passage.units, ...shortAfter(last)];
    const words = own.map((unit) => ({ line: units[unit]?.line ?? 0, text: units[unit]?.text ?? '' }));
    const there = passage.cues.map((cue) => grams[cue] as Grams);
    return shareWords(words, there, read).flatMap((parts, n) => {
      const cue = cues[passage.cues[n] as number];
      if (!cue || parts.length === 0) return [];
      const { id: cueId, startMs, endMs, text } = cue;
      const { similarity } = passage;
      return [{ cueId, startMs, endMs, read: text, similarity, parts: timed(parts, cue) }];
    });
  });
  return found.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);

  /** Short pieces of the same line that no cue shares go with the piece before them, else with the one after. */
  function shortAfter(unit: number): number[] {
    const more: number[] = [];
    for (let next = unit + 1; isStray(next) && units[next]?.line === units[unit]?.line; next++) more.push(next);
    return more;
  }
  function shortBefore(unit: number): number[] {
    const more: number[] = [];
    for (let next = unit - 1; isStray(next) && units[next]?.line === units[unit]?.line; next--) more.unshift(next);
    const before = units[(more[0] ?? unit) - 1];
    return before && before.line === units[unit]?.line && matched.has((more[0] ?? unit) - 1) ? [] : more;
  }
  function isStray(unit: number): boolean {
    const piece = units[unit];
    const isWhole = piece && lines[piece.line]?.text === piece.text;
    return piece !== undefined && !matched.has(unit) && !isWhole && piece.grams.length <= shortPiece;
  }
}

/** A cue's time shared out over its parts by length. */
function timed(parts: readonly LineWords[], { startMs, endMs }: FilmCue) {
  const total = parts.reduce((sum, { text }) => sum + text.length, 0);
  let passed = 0;
  return parts.map(({ line, text }) => {
    const from = Math.round(startMs + ((endMs - startMs) * passed) / total);
    passed += text.length;
    return { line, text, startMs: from, endMs: Math.round(startMs + ((endMs - startMs) * passed) / total) };
  });
}

function outcomesOf(
  { lines }: DialogueScript,
  units: readonly Unit[],
  passages: readonly Passage[],
  laid: readonly LaidCue[],
  cues: readonly FilmCue[],
  map: TimeMap | undefined,
  durationMs: number,
): AlignedLine[] {
  const films: ({ startMs: number; endMs: number } | undefined)[] = lines.map(() => undefined);
  for (const { line, startMs, endMs } of laid.flatMap(({ parts }) => parts)) {
    const held = films[line];
    films[line] = held
      ? { startMs: Math.min(held.startMs, startMs), endMs: Math.max(held.endMs, endMs) }
      : { startMs, endMs };
  }
  const alike = lines.map(() => ({ sum: 0, weight: 0 }));
  for (const { units: some, similarity } of passages)
    for (const unit of some) {
      const { line = 0, grams } = units[unit] ?? {};
      const own = alike[line];
      if (!own) continue;
      own.sum += similarity * (grams?.length ?? 0);
      own.weight += grams?.length ?? 0;
    }
  const placed = placeLines(lines, films, cues, map, durationMs);
  const said = new Map<number, string>();
  for (const { line, text } of laid.flatMap(({ parts }) => parts)) said.set(line, `${said.get(line) ?? ''} ${text}`);
  const unitsOfLine = groupBy(units, ({ line }) => line);
  return lines.map((line, n): AlignedLine => {
    const film = films[n];
    if (!film) return { ...line, ...(placed[n] ?? { outcome: 'UNPLACED' }) };
    const { sum, weight } = alike[n] ?? { sum: 0, weight: 0 };
    const unheard = missingIn(unitsOfLine.get(n) ?? [], said.get(n) ?? '');
    return {
      ...line,
      ...{ outcome: 'MATCHED', film, similarity: weight > 0 ? Math.round((1000 * sum) / weight) / 1000 : 0 },
      ...(map && line.startMs !== undefined && { residualMs: film.startMs - filmTimeOf(map, line.startMs) }),
      ...(unheard !== '' && { unheard }),
    };
  });
}

/** Pieces of a line that were laid on no cue. */
function missingIn(units: readonly Unit[], said: string): string {
  const bare = normalText(said);
  return units
    .filter((unit) => !bare.includes(normalText(unit.text)))
    .map(({ text }) => text.trim())
    .join(' ');
}
