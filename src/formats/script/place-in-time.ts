/** When everything in a draft happens: as it says, and where it does not, as long as it would take on the page. */
import { greatest } from '../../narrative/intervals.js';
import { elementMs, headingMs, textMs } from './page-time.js';
import type { DraftScene, DraftShot, ScriptDraft } from './script-draft.js';

/** Integer milliseconds, half-open, never empty. */
export interface PlacedTime {
  readonly startMs: number;
  readonly endMs: number;
  /** Which of the two the script does not say. */
  readonly estimated: readonly ('startMs' | 'endMs')[];
  /** Whether the end is where another event begins. */
  readonly endsAtNext?: boolean;
}

export interface PlacedShot extends PlacedTime {
  /** Element by element. */
  readonly elements: readonly PlacedTime[];
}

export interface PlacedScene extends PlacedTime {
  readonly shots: readonly PlacedShot[];
}

export interface PlacedScript {
  readonly scenes: readonly PlacedScene[];
  readonly durationMs: number;
  /** Scenes, numbered from 1, that say they begin before the one ahead of them, and were moved there. */
  readonly moved: readonly number[];
}

/** A stretch of the page: what it would take, and when it begins where the script says so. */
interface Stretch {
  weightMs: number;
  readonly startMs: number | undefined;
  /** Worked out. */
  from: number;
  to: number;
}

interface LaidShot {
  readonly shot: DraftShot;
  readonly lead: Stretch;
  readonly elements: readonly Stretch[];
}

/**
 * Places scenes, shots and elements. Between two times that the script gives, what stands there follows one after the
 * other and is squeezed where it would take longer; scenes and shots last until the next one begins.
 */
export function placeInTime(draft: ScriptDraft): PlacedScript {
  const stretches: Stretch[] = [];
  const laid = draft.scenes.map((scene) => scene.shots.map((shot, n) => layOut(shot, n === 0 ? scene : undefined)));
  for (const { lead, elements } of laid.flat()) for (const each of [lead, ...elements]) stretches.push(each);
  spread(stretches, draft.lastsUntilNext ? draft.durationMs : undefined);
  const placed = laid.map((shots) => shots.map(({ shot, elements }) => placeElements(shot, elements)));
  return settle(draft, laid, draft.lastsUntilNext ? untilNext(draft, placed) : placed);
}

/** The stretches of a shot; the first one of a scene carries the scene's heading and description. */
function layOut(shot: DraftShot, opened: DraftScene | undefined): LaidShot {
  const [first] = shot.elements;
  const startMs = shot.startMs ?? opened?.startMs ?? (opened ? first?.startMs : undefined);
  const isHeadless = startMs !== undefined && startMs === first?.startMs;
  const told = textMs(shot.action ?? (shot.elements.length === 0 ? (shot.focus ?? shot.cameraPosition) : undefined));
  const heading = opened === undefined ? 0 : headingMs + textMs(opened.description);
  const lead = stretch(isHeadless ? 0 : heading + told, startMs);
  const elements = shot.elements.map((element) => {
    const { startMs: start, endMs: end } = element;
    if (element.simultaneous && start === undefined) return stretch(0, undefined);
    return stretch(start !== undefined && end !== undefined ? Math.max(0, end - start) : elementMs(element), start);
  });
  if (shot.elements.length === 0 && lead.weightMs === 0) lead.weightMs = headingMs;
  if (shot.lastsMs !== undefined) fill(shot.lastsMs, [lead, ...elements]);
  return { shot, lead, elements };
}

const stretch = (weightMs: number, startMs: number | undefined): Stretch => ({
  ...{ weightMs: Math.round(weightMs), startMs, from: 0, to: 0 },
});

/** Makes what a shot holds take as long as the shot lasts, to the millisecond. */
function fill(lastsMs: number, stretches: readonly Stretch[]): void {
  const wanted = stretches.reduce((sum, { weightMs }) => sum + weightMs, 0);
  let [taken, filled] = [0, 0];
  for (const [n, each] of stretches.entries()) {
    taken += wanted > 0 ? each.weightMs / wanted : 1 / stretches.length;
    const to = n === stretches.length - 1 ? lastsMs : Math.round(taken * lastsMs);
    each.weightMs = to - filled;
    filled = to;
  }
}

/** Gives every stretch its place: one after the other from each given time, and no further than the next or the end. */
function spread(stretches: readonly Stretch[], endMs = Number.POSITIVE_INFINITY): void {
  let cursor = 0;
  for (let first = 0; first < stretches.length; ) {
    const start = stretches[first]?.startMs ?? cursor;
    let next = first + 1;
    while (next < stretches.length && stretches[next]?.startMs === undefined) next++;
    const run = stretches.slice(first, next);
    const wanted = run.reduce((sum, { weightMs }) => sum + weightMs, 0);
    const room = Math.max(0, (stretches[next]?.startMs ?? endMs) - start);
    const scale = wanted > room ? room / wanted : 1;
    cursor = start;
    for (const each of run) {
      each.from = cursor;
      cursor += each.weightMs * scale;
      each.to = cursor;
    }
    first = next;
  }
}

/** The last event of a script that says no end lasts so long, in milliseconds; ours. */
export const lastEventMs = 3000;

type PlacedElements = readonly (readonly (readonly PlacedTime[])[])[];

/** Makes each event that says no end last until another one begins, and the last one until the script ends. */
function untilNext(draft: ScriptDraft, placed: PlacedElements): PlacedElements {
  const starts = [...new Set(placed.flat(2).map(({ startMs }) => startMs))].sort((a, b) => a - b);
  const ends = new Map(starts.map((startMs, n) => [startMs, starts[n + 1]]));
  const wholeMs = Math.round(draft.durationMs ?? 0);
  return placed.map((shots) =>
    shots.map((elements) =>
      elements.map((time) => {
        if (!time.estimated.includes('endMs')) return time;
        const { startMs } = time;
        const endMs = ends.get(startMs) ?? (wholeMs > startMs ? wholeMs : startMs + lastEventMs);
        return { ...time, endMs, endsAtNext: true };
      }),
    ),
  );
}

function settle(draft: ScriptDraft, laid: readonly (readonly LaidShot[])[], placed: PlacedElements): PlacedScript {
  const moved: number[] = [];
  let sceneFrom = 0;
  const starts = draft.scenes.map((scene, n) => {
    const wanted = Math.round(scene.startMs ?? laid[n]?.[0]?.lead.from ?? sceneFrom);
    if (wanted < sceneFrom) moved.push(n + 1);
    sceneFrom = Math.max(sceneFrom, wanted);
    return sceneFrom;
  });
  const scenes = draft.scenes.map((scene, n): PlacedScene => {
    const startMs = starts[n] ?? 0;
    const shots = laid[n] ?? [];
    const contentEnd = greatest(
      [
        ...shots.flatMap(({ shot, lead, elements }) => [
          Math.round(endOf(shot, lead.from) ?? 0),
          Math.round(lead.to),
          ...elements.map(({ to }) => Math.round(to)),
        ]),
        ...(draft.lastsUntilNext ? (placed[n]?.flat() ?? []).map(({ endMs }) => endMs) : []),
      ],
      startMs,
    );
    const wantedEnd = Math.round(scene.endMs ?? starts[n + 1] ?? Math.max(contentEnd, draft.durationMs ?? 0));
    const endMs = Math.max(startMs + 1, wantedEnd);
    const shotStarts = shots.map(({ shot, lead }, m) => shot.startMs ?? (m === 0 ? startMs : lead.from));
    return {
      ...within(startMs, endMs, startMs, endMs),
      estimated: unsaid(scene),
      shots: shots.map(({ shot }, m) => ({
        ...within(shotStarts[m] ?? startMs, endOf(shot, shotStarts[m]) ?? shotStarts[m + 1] ?? endMs, startMs, endMs),
        estimated: unsaid({ startMs: shot.startMs, endMs: endOf(shot, 0) }),
        elements: placed[n]?.[m] ?? [],
      })),
    };
  });
  const ends = scenes.flatMap((scene) => [
    scene.endMs,
    ...scene.shots.flatMap(({ elements }) => elements.map(({ endMs }) => endMs)),
  ]);
  return { scenes, durationMs: greatest(ends, Math.max(1, Math.round(draft.durationMs ?? 0))), moved };
}

/** Where a shot ends that says so, or how long it lasts. */
const endOf = ({ endMs, lastsMs }: DraftShot, startMs = 0): number | undefined =>
  endMs ?? (lastsMs === undefined ? undefined : Math.round(startMs) + lastsMs);

function placeElements(shot: DraftShot, stretches: readonly Stretch[]): PlacedTime[] {
  const placed: PlacedTime[] = [];
  for (const [n, element] of shot.elements.entries()) {
    const { from, to } = stretches[n] ?? stretch(0, 0);
    const isTogether = element.simultaneous === true && element.startMs === undefined;
    const startMs = Math.max(0, isTogether ? (placed[n - 1]?.startMs ?? Math.round(from)) : Math.round(from));
    const wantedEnd = element.endMs ?? (isTogether ? startMs + elementMs(element) : to);
    placed.push({ startMs, endMs: Math.max(startMs + 1, Math.round(wantedEnd)), estimated: unsaid(element) });
  }
  return placed;
}

/** An interval put inside another one. */
function within(startMs: number, endMs: number, from: number, to: number): { startMs: number; endMs: number } {
  const start = Math.min(Math.max(Math.round(startMs), from), to - 1);
  return { startMs: start, endMs: Math.min(Math.max(Math.round(endMs), start + 1), to) };
}

const unsaid = ({ startMs, endMs }: { startMs?: number | undefined; endMs?: number | undefined }) => [
  ...(startMs === undefined ? (['startMs'] as const) : []),
  ...(endMs === undefined ? (['endMs'] as const) : []),
];
