/**
 * Groups shots into scenes. A cut's figures (`cut-evidence.ts`) give the odds that a scene starts there; together with
 * how long scenes last they make a semi-Markov model, and the most probable grouping of the whole film is taken. Ours;
 * the parts are Rasheed & Shah's shot likeness (2005), Foote's novelty (2000) and the sequential grouping by dynamic
 * programming of Rotman, Porat & Ashour (2016), with a prior in place of their search for the number of scenes.
 */
import type { Evidence } from '../../../schema/provenance.js';
import type { Interval } from '../../../src/narrative/intervals.js';
import type { CuesFinding, FoundScene, FoundShot, SoundFinding } from '../../findings.js';
import { type CutEvidence, weighCuts } from './cut-evidence.js';
import { logDuration } from './scene-durations.js';
import { sceneLogOdds } from './scene-odds.js';
import { groupSequence } from './sequence-grouping.js';

/** How much of the film before and after a boundary is given as its evidence. */
const playedMs = 1500;

/** The scenes of a film, in order, tiling its shots; each says in its evidence why it starts where it does. */
export function groupShots(
  shots: readonly FoundShot[],
  cues: CuesFinding['cues'],
  sound: Pick<SoundFinding, 'loudness' | 'speech'>,
): FoundScene[] {
  const cuts = weighCuts(shots, cues, sound);
  const startOf = (index: number) => shots[index]?.startMs ?? 0;
  const endOf = (index: number) => shots[index]?.endMs ?? 0;
  const { starts, startProbability } = groupSequence({
    length: shots.length,
    logOdds: (index) => {
      const cut = cuts[index - 1];
      return cut ? sceneLogOdds(cut) : 0;
    },
    logRun: (from, to) =>
      logDuration(startOf(to - 1) - startOf(from), endOf(to - 1) - startOf(from), to === shots.length),
  });
  const film = { startMs: startOf(0), endMs: endOf(shots.length - 1) };
  return starts.map((first, scene) => {
    const next = starts[scene + 1] ?? shots.length;
    const inner = startProbability.slice(first + 1, next);
    const edges = [startProbability[first] ?? 1, ...(next < shots.length ? [startProbability[next] ?? 1] : [])];
    return {
      startMs: startOf(first),
      endMs: endOf(next - 1),
      setting: 'UNKNOWN' as const,
      confidence: Math.min(...edges, ...inner.map((probability) => 1 - probability)),
      evidence: [
        whyItHolds(startOf(first), endOf(next - 1), next - first, Math.max(0, ...inner)),
        ...edgeEvidence(cuts[first - 1], film, startProbability[first] ?? 1, 'starts'),
        ...edgeEvidence(cuts[next - 1], film, startProbability[next] ?? 1, 'ends'),
      ],
    };
  });
}

function whyItHolds(startMs: number, endMs: number, shots: number, likeliestBreak: number): Evidence {
  const note =
    shots === 1
      ? 'One shot.'
      : `${shots} shots; the likeliest break between them has a probability of ${likeliestBreak.toFixed(2)}.`;
  return { startMs, endMs, note };
}

/** What speaks for the boundary at a cut, with the seconds around it to look at. */
function edgeEvidence(
  cut: CutEvidence | undefined,
  film: Interval,
  probability: number,
  verb: 'starts' | 'ends',
): Evidence[] {
  if (!cut) return [];
  const figures = [
    `colours differ across it by ${cut.contrast.toFixed(2)} more than beside it`,
    `the most alike pictures across it agree to ${cut.link.toFixed(2)}`,
    ...(cut.strangeness > 0
      ? [`colours from one side come back on the other ${cut.strangeness.toFixed(2)} less than on their own`]
      : []),
    ...(cut.transition === 'CUT' ? [] : [`a ${cut.transition.toLowerCase()}`]),
    ...(cut.outOfBlack ? ['out of black'] : []),
    ...(cut.loudnessStepDb === undefined ? [] : [`loudness changes by ${cut.loudnessStepDb.toFixed(0)} dB`]),
    ...(cut.spoken ? ['although somebody speaks over it'] : []),
  ];
  const note = `It ${verb} here with a probability of ${probability.toFixed(2)}: ${figures.join('; ')}.`;
  return [
    { startMs: Math.max(film.startMs, cut.atMs - playedMs), endMs: Math.min(cut.atMs + playedMs, film.endMs), note },
  ];
}
