import type { Gap } from '../../schema/episode.js';
import { FabulaError } from '../../schema/errors.js';
import { listeningGain } from '../detectors/sound/listening-gain.js';
import { LoudnessMeter, silenceDb } from '../detectors/sound/loudness.js';
import { SpectralMovement } from '../detectors/sound/spectral-movement.js';
import { findSpeech, type HeardWindows } from '../detectors/sound/speech.js';
import type { FoundSpeech, ProbeFinding, SoundFinding } from '../findings.js';
import { readSamples } from '../media/samples.js';
import { sileroSampleRate, sileroWindow } from '../models/host.js';
import { defineStage, type StageContext } from '../stage.js';

/** Twelve seconds: the sound is decoded and listened to in stretches of whole seconds and whole Silero windows. */
const blockLength = 12 * sileroSampleRate;
const windowMs = (sileroWindow / sileroSampleRate) * 1000;

/** A second louder than this tells a recording from an empty track, in dBFS. */
const silentTrackDb = -80;

/** How loud each second is and where somebody speaks, in one pass over the film's sound. */
export const soundStage = defineStage({
  name: 'sound',
  version: '1',
  needs: ['probe'],
  settings: () => null,
  run: async (context, { probe }) => {
    if (!probe.audio) return nothingHeard('The film has no sound.', noSound);
    const heard = await listen(context, probe.durationMs, probe.audio.index);
    if (heard.loudness.length === 0) return nothingHeard('The sound could not be decoded.', undecodable);
    return describeSound(heard, probe);
  },
});

interface Heard {
  /** dBFS of each second. */
  readonly loudness: readonly number[];
  readonly windows: HeardWindows;
  /** Why decoding broke off, if it did. */
  readonly brokeOff?: string;
}

async function listen(context: StageContext, durationMs: number, streamIndex: number): Promise<Heard> {
  const { film, models, signal } = context;
  const lastSample = durationMs > 0 ? Math.ceil((durationMs * sileroSampleRate) / 1000) : Number.POSITIVE_INFINITY;
  const meter = new LoudnessMeter(sileroSampleRate);
  const movement = new SpectralMovement(sileroWindow);
  const probabilities: number[] = [];
  const { weighted, energies } = movement;
  const windows = { probabilities, weighted, energies };
  let state: Float32Array | undefined;
  let count = 0;
  try {
    const blocks = readSamples({ path: film.path, streamIndex, sampleRate: sileroSampleRate, blockLength, signal });
    for await (const block of blocks) {
      const samples = block.subarray(0, lastSample - count);
      meter.add(samples);
      movement.add(samples);
      const answer = await models.call(
        'silero.probabilities',
        { samples: amplified(samples, listeningGain(meter.values())), state },
        signal,
      );
      state = answer.state;
      probabilities.push(...answer.probabilities);
      count += samples.length;
      if (durationMs > 0) context.progress(Math.min(1, count / lastSample));
      if (count >= lastSample) break;
    }
  } catch (error) {
    if (!(error instanceof FabulaError) || error.code !== 'FFMPEG_FAILED') throw error;
    return { loudness: meter.values(), windows, brokeOff: error.message };
  }
  return { loudness: meter.values(), windows };
}

/** A copy at another level, filled up with silence to whole windows. */
function amplified(samples: Float32Array, gain: number): Float32Array {
  const copy = new Float32Array(Math.ceil(samples.length / sileroWindow) * sileroWindow);
  for (const [index, sample] of samples.entries()) copy[index] = Math.max(-1, Math.min(1, sample * gain));
  return copy;
}

function describeSound({ loudness, windows, brokeOff }: Heard, probe: ProbeFinding): SoundFinding {
  const heardMs = loudness.length * 1000;
  const endMs = probe.durationMs > 0 ? Math.min(probe.durationMs, heardMs) : heardMs;
  const speech = findSpeech(windows, windowMs, endMs).map(
    ({ startMs, endMs, confidence, peak }): FoundSpeech => ({
      startMs,
      endMs,
      confidence: rounded(confidence),
      evidence: [
        { startMs, endMs, note: `Silero: speech probability ${rounded(confidence)}, at best ${rounded(peak)}` },
      ],
    }),
  );
  const loudest = loudness.reduce((high, db) => Math.max(high, db), silenceDb);
  const spokenMs = speech.reduce((sum, stretch) => sum + stretch.endMs - stretch.startMs, 0);
  const gaps: Gap[] = [];
  if (loudest <= silentTrackDb) gaps.push(silentTrack);
  if (brokeOff) gaps.push({ ...undecodable, missing: `The sound after ${heardMs / 1000} s: ${brokeOff}` });
  return {
    loudness: { name: 'LOUDNESS', stepMs: 1000, unit: 'dBFS', values: [...loudness] },
    speech,
    gaps,
    summary: `${speech.length} stretches of speech, ${(spokenMs / 1000).toFixed(1)} s; loudest second ${loudest.toFixed(0)} dBFS.`,
  };
}

const rounded = (share: number) => Math.round(share * 1000) / 1000;

const nothingHeard = (summary: string, gap: Gap): SoundFinding => ({ speech: [], gaps: [gap], summary });

const noSound: Gap = {
  stage: 'sound',
  missing: 'The film has no sound, so loudness and speech are unknown.',
  remedy: 'Analyse a version of the film that has its sound.',
};

const silentTrack: Gap = {
  stage: 'sound',
  missing: 'The sound track is silent from beginning to end.',
  remedy: 'Analyse a version of the film that has its sound.',
};

const undecodable: Gap = {
  stage: 'sound',
  missing: 'The sound could not be decoded.',
  remedy: 'Convert it, e.g. `ffmpeg -i FILM -c:v copy -c:a aac NEW.mp4`, and analyse that.',
};
