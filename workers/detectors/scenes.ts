/**
 * Groups shots into scenes. A cut's figures (`cut-evidence.ts`) give the odds that a scene starts there; together with
 * how long scenes last they make a semi-Markov model, and the most probable grouping of the whole film is taken. Ours;
 * the parts are Rasheed & Shah's shot likeness (2005), Foote's novelty (2000) and the sequential grouping by dynamic
 * programming of Rotman, Porat & Ashour (2016), with a prior in place of their search for the number of scenes.
 */
import type { CuesFinding, FoundScene, FoundShot, SoundFinding } from '../findings.js';
import { type CutEvidence, weighCuts } from './cut-evidence.js';
import { logDuration } from './scene-durations.js';
import { sceneLogOdds } from './scene-odds.js';
import { groupSequence } from './sequence-grouping.js';

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
        ...edgeEvidence(cuts[first - 1], startProbability[first] ?? 1, 'starts'),
        ...edgeEvidence(cuts[next - 1], startProbability[next] ?? 1, 'ends'),
      ],
    };
  });
}

function whyItHolds(startMs: number, endMs: number, shots: number, likeliestBreak: number) {
  const note =
    shots === 1
      ? 'One shot.'
      : `${shots} shots; the likeliest break between them has a probability of ${likeliestBreak.toFixed(2)}.`;
  return { startMs, endMs, note };
}

function edgeEvidence(cut: CutEvidence | undefined, probability: number, verb: 'starts' | 'ends') {
  if (!cut) return [];
  const figures = [
    `contrast ${cut.contrast.toFixed(2)}`,
    `most alike setups across it ${cut.link.toFixed(2)}`,
    `strangeness ${cut.strangeness.toFixed(2)}`,
    ...(cut.transition === 'CUT' ? [] : [`a ${cut.transition.toLowerCase()}`]),
    ...(cut.outOfBlack ? ['out of black'] : []),
    ...(cut.loudnessStepDb === undefined ? [] : [`loudness changes by ${cut.loudnessStepDb.toFixed(0)} dB`]),
    ...(cut.spoken ? ['although somebody speaks over the cut'] : []),
  ];
  return [
    {
      startMs: cut.atMs,
      endMs: cut.atMs + 1,
      note: `It ${verb} here with probability ${probability.toFixed(2)}: ${figures.join(', ')}.`,
    },
  ];
}
