/** Where lines may be that no cue says: only where the film has room for them. */
import type { AlignedLine } from './alignment.js';
import type { FilmCue, ScriptLine } from './script-line.js';
import { filmTimeOf, type TimeMap } from './time-map.js';
import { lettersIn } from './units.js';

/** Time to say a letter, and the least for a line, in milliseconds: about 17 letters a second, as subtitles are set. */
const perLetterMs = 60;
const leastMs = 400;
/** In a longer silence nobody can say where a line is. */
const longestGapMs = 30_000;
/** Nor does a clock tell what is farther from all that was found: the film may be another version there. */
const longestReachMs = 60_000;
/** Of the time that lines need, so much must be free. */
const leastRoom = 0.6;

type Film = { readonly startMs: number; readonly endMs: number };
type Placed = Pick<AlignedLine, 'outcome' | 'film' | 'why'>;

/** What becomes of each line that was not matched; `found` has the film's time of those that were. */
export function placeLines(
  lines: readonly ScriptLine[],
  found: readonly (Film | undefined)[],
  cues: readonly FilmCue[],
  map: TimeMap | undefined,
  durationMs: number,
): (Placed | undefined)[] {
  const placed: (Placed | undefined)[] = lines.map(() => undefined);
  for (let first = 0; first < lines.length; first++) {
    if (found[first]) continue;
    let end = first;
    while (end < lines.length && !found[end]) end++;
    const before = found[first - 1];
    const after = found[end];
    const run = lines.slice(first, end);
    const outcomes = map ? byClock(run, map, before, after) : between(run, before, after);
    for (const [n, outcome] of outcomes.entries()) placed[first + n] = outcome;
    first = end;
  }
  return placed;

  function byClock(run: readonly ScriptLine[], at: TimeMap, before?: Film, after?: Film): Placed[] {
    let from = before?.endMs ?? 0;
    const to = after?.startMs ?? durationMs;
    return run.map(({ startMs = 0, endMs = startMs }) => {
      if (at.pieces.every(({ fromMs, toMs }) => startMs < fromMs - longestReachMs || startMs > toMs + longestReachMs))
        return unplaced('It is too far from any line that was found.');
      const film = { startMs: filmTimeOf(at, startMs), endMs: filmTimeOf(at, Math.max(endMs, startMs + 1)) };
      const wanted = film.endMs - film.startMs;
      const fitted = { startMs: Math.max(film.startMs, from), endMs: Math.min(film.endMs, to) };
      if (fitted.endMs - fitted.startMs < wanted / 2) return unplaced('The film was cut there, or is another version.');
      const other = during(fitted)[0];
      if (other) return unplaced(`The film says something else then: “${other.text}”.`);
      from = fitted.endMs;
      return { outcome: 'ESTIMATED', film: fitted };
    });
  }

  function between(run: readonly ScriptLine[], before?: Film, after?: Film): Placed[] {
    const all = (why: string) => run.map(() => unplaced(why));
    if (!before || !after) return all('No line of the film was found on one side of it.');
    const gap = { startMs: before.endMs, endMs: after.startMs };
    const room = gap.endMs - gap.startMs;
    if (room < 0) return all('The lines around it stand elsewhere in the film.');
    const [other] = during(gap);
    if (other) return all(`The film says something else there: “${other.text}”.`);
    const needed = run.map(({ text }) => Math.max(leastMs, lettersIn(text) * perLetterMs));
    const total = needed.reduce((sum, ms) => sum + ms, 0);
    if (room < leastRoom * total) return all('The film leaves no time for it between the lines around it.');
    if (room > Math.max(longestGapMs, 2 * total)) return all('The film is silent there for too long to say when.');
    let passed = 0;
    return needed.map((ms) => {
      const startMs = Math.round(gap.startMs + (room * passed) / total);
      passed += ms;
      const last = Math.round(gap.startMs + (room * passed) / total);
      return { outcome: 'ESTIMATED', film: { startMs, endMs: Math.min(startMs + ms, last) } };
    });
  }

  function during({ startMs, endMs }: Film): FilmCue[] {
    return cues.filter((cue) => {
      const shared = Math.min(cue.endMs, endMs) - Math.max(cue.startMs, startMs);
      return shared > Math.min(endMs - startMs, cue.endMs - cue.startMs) / 4;
    });
  }
}

const unplaced = (why: string): Placed => ({ outcome: 'UNPLACED', why });
