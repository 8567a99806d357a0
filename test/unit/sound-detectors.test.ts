import { deepEqual, equal, ok } from 'node:assert/strict';
import { listeningGain } from '../../workers/detectors/sound/listening-gain.js';
import { LoudnessMeter } from '../../workers/detectors/sound/loudness.js';
import { SpectralMovement } from '../../workers/detectors/sound/spectral-movement.js';
import { powerSpectrumOf } from '../../workers/detectors/sound/spectrum.js';
import { findSpeech, type HeardWindows } from '../../workers/detectors/sound/speech.js';

/** Windows of 100 ms whose sound moves as speech does. */
const heard = (probabilities: readonly number[], movement = 1): HeardWindows => ({
  probabilities,
  weighted: probabilities.map(() => movement),
  energies: probabilities.map(() => 1),
});
const speech = (windows: HeardWindows, durationMs = 100_000) =>
  findSpeech(windows, 100, durationMs).map(({ startMs, endMs }) => [startMs, endMs]);

describe('speech intervals', () => {
  it('begin at the onset, last through doubt, end where the probability falls off, and are padded', () => {
    deepEqual(speech(heard([0, 0.4, 0.4, 0.6, 0.95, 0.95, 0.4, 0.4, 0.3, 0])), [[200, 900]]);
  });
  it('are joined over a breath and kept apart over a pause', () => {
    const word = [0.95, 0.95, 0.95, 0.95];
    deepEqual(speech(heard([0, ...word, 0, 0, ...word, 0])), [[0, 1200]]);
    deepEqual(speech(heard([0, ...word, 0, 0, 0, ...word, 0])), [
      [0, 600],
      [700, 1300],
    ]);
  });
  it('stay inside the film', () => {
    deepEqual(speech(heard([0.95, 0.95, 0.95, 0.95, 0.95]), 450), [[0, 450]]);
  });
  it('leave out what is never surely speech, and what holds its tone', () => {
    deepEqual(speech(heard([0, 0.8, 0.8, 0.8, 0.8, 0.8, 0])), []);
    deepEqual(speech(heard([0, 0.95, 0.95, 0.95, 0.95, 0.95, 0], 0.3)), []);
  });
  it('carry their mean probability', () => {
    equal(findSpeech(heard([1, 1, 0.9, 0.9]), 100, 1000)[0]?.confidence.toFixed(3), '0.950');
  });
});

describe('loudness', () => {
  it('of a full-scale sine is −3.01 dBFS, of half a square wave −6.02, of nothing −90', () => {
    const meter = new LoudnessMeter(1000);
    meter.add(Float32Array.from({ length: 1000 }, (_, index) => Math.sin((2 * Math.PI * index) / 100)));
    meter.add(Float32Array.from({ length: 700 }, (_, index) => (index % 2 ? 0.5 : -0.5)));
    meter.add(Float32Array.from({ length: 300 }, (_, index) => (index % 2 ? 0.5 : -0.5)));
    meter.add(new Float32Array(200));
    deepEqual(meter.values(), [-3.01, -6.02, -90]);
  });
});

describe('the listening gain', () => {
  it('lifts quiet films, leaves loud ones, and remembers a loud sound for half a minute', () => {
    equal(listeningGain([-90, -38, -60]), 10);
    equal(listeningGain([-10, -38]), 1);
    equal(listeningGain([-10, ...Array<number>(30).fill(-38)]), 10);
    equal(listeningGain([-90]), 100);
  });
});

describe('the power spectrum', () => {
  it('holds a tone in its bin and the two beside it', () => {
    const tone = Float32Array.from({ length: 64 }, (_, index) => Math.cos((2 * Math.PI * 5 * index) / 64));
    const power = powerSpectrumOf(64)(tone, 0);
    equal(power[5]?.toFixed(4), (16 ** 2).toFixed(4));
    equal(power[4]?.toFixed(4), (8 ** 2).toFixed(4));
    ok(power.every((value, bin) => Math.abs(bin - 5) < 2 || value < 1e-6));
  });
});

describe('spectral movement', () => {
  const tone = (hertz: number, from: number, length: number) =>
    Float32Array.from({ length }, (_, index) => Math.sin((2 * Math.PI * hertz * (from + index)) / 16_000));
  const meanMovement = (parts: readonly Float32Array[]) => {
    const movement = new SpectralMovement(512);
    for (const part of parts) movement.add(part);
    const energy = movement.energies.slice(3).reduce((sum, value) => sum + value, 0);
    return movement.weighted.reduce((sum, value) => sum + value, 0) / energy;
  };
  it('is nothing for a held tone, however its level changes', () => {
    const swelling = tone(440, 0, 512 * 40).map((value, index) => value * (1 + Math.sin(index / 900)));
    ok(meanMovement([swelling]) < 0.1);
  });
  it('is large where tones follow one another', () => {
    const steps = Array.from({ length: 40 }, (_, index) => tone(index % 6 < 3 ? 300 : 2500, index * 512, 512));
    ok(meanMovement(steps) > 1.5);
  });
});
