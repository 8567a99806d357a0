import { type PowerSpectrum, powerSpectrumOf } from './spectrum.js';

/** Upper edges of the bands in FFT bins (31 Hz each at 16 kHz and 512 samples), about a third of an octave wide. */
const bandEdges = [3, 6, 9, 12, 16, 20, 25, 31, 38, 47, 58, 72, 90, 112, 140, 175, 220, 256];

/** A window is compared with the one so many before it: about the length of a speech sound. */
const lag = 3;

/**
 * How much the colour of a sound changes from moment to moment, which tells speech from held notes, hums and alarms:
 * a voice passes through ten or more sounds a second, an instrument keeps its spectrum.
 */
export class SpectralMovement {
  /**
   * For each window, the L1 distance between the amplitudes of its bands (scaled to unit energy) and those three
   * windows earlier, times its energy; 0 for the first three.
   */
  readonly weighted: number[] = [];
  /** Energy of each window, Σ of its power spectrum. */
  readonly energies: number[] = [];
  readonly #last: Float64Array[] = [];

  readonly #spectrumOf: PowerSpectrum;

  constructor(readonly windowLength: number) {
    this.#spectrumOf = powerSpectrumOf(windowLength);
  }

  /** Takes the next stretch of a recording; an incomplete last window is left out. */
  add(samples: Float32Array): void {
    for (let start = 0; start + this.windowLength <= samples.length; start += this.windowLength) {
      const spectrum = this.#spectrumOf(samples, start);
      let energy = 0;
      for (const power of spectrum) energy += power;
      const bands = bandAmplitudes(spectrum, energy);
      const earlier = this.#last.length === lag ? this.#last.shift() : undefined;
      this.#last.push(bands);
      this.energies.push(energy);
      this.weighted.push(earlier ? energy * distance(bands, earlier) : 0);
    }
  }
}

function bandAmplitudes(spectrum: Float64Array, energy: number): Float64Array {
  const bands = new Float64Array(bandEdges.length);
  if (energy === 0) return bands;
  // Bin 0 is no sound but the recorder's offset.
  let bin = 1;
  for (const [band, edge] of bandEdges.entries()) {
    let power = 0;
    for (; bin < edge; bin++) power += spectrum[bin] ?? 0;
    bands[band] = Math.sqrt(power / energy);
  }
  return bands;
}

const distance = (one: Float64Array, other: Float64Array) =>
  one.reduce((sum, amplitude, band) => sum + Math.abs(amplitude - (other[band] ?? 0)), 0);
