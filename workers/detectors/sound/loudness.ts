/** Loudness: root mean square over whole seconds, in dB below full scale (a full-scale square wave is 0 dBFS). */

/** What silence is given instead of −∞: about the noise of 16-bit sound. */
export const silenceDb = -90;

const stepMs = 1000;

/** Measures a recording that comes block by block. */
export class LoudnessMeter {
  readonly #samplesPerStep: number;
  readonly #values: number[] = [];
  #energy = 0;
  #count = 0;

  constructor(sampleRate: number) {
    this.#samplesPerStep = (sampleRate * stepMs) / 1000;
  }

  add(samples: Float32Array): void {
    for (const sample of samples) {
      this.#energy += sample * sample;
      if (++this.#count === this.#samplesPerStep) this.#close();
    }
  }

  /** dBFS of each second so far, the last one begun included. */
  values(): number[] {
    return this.#count === 0 ? [...this.#values] : [...this.#values, levelOf(this.#energy / this.#count)];
  }

  #close(): void {
    this.#values.push(levelOf(this.#energy / this.#count));
    this.#energy = 0;
    this.#count = 0;
  }
}

/** Mean square (full scale is 1) in dBFS, to a hundredth. */
function levelOf(meanSquare: number): number {
  const db = 10 * Math.log10(meanSquare);
  return db > silenceDb ? Math.round(db * 100) / 100 : silenceDb;
}
