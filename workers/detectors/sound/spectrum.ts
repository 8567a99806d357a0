/** Power of each FFT bin of `length` samples from `offset`: length / 2 bins from 0 Hz up to half the sample rate. */
export type PowerSpectrum = (samples: Float32Array, offset: number) => Float64Array;

/**
 * Makes the power spectrum for windows of `length` samples (a power of two): Hann window, Cooley & Tukey's radix-2 FFT.
 * The answer is overwritten by the next call.
 */
export function powerSpectrumOf(length: number): PowerSpectrum {
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  const power = new Float64Array(length / 2);
  const hann = Float64Array.from(real, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / length));
  const cosines = Float64Array.from(power, (_, step) => Math.cos((2 * Math.PI * step) / length));
  const sines = Float64Array.from(power, (_, step) => -Math.sin((2 * Math.PI * step) / length));
  const places = Uint32Array.from(real, (_, index) => reversedBits(index, Math.log2(length)));

  /** Joins the transforms of halves into those of `size` samples. */
  function join(size: number): void {
    const half = size / 2;
    for (let step = 0; step < half; step++) {
      const cos = cosines[(step * length) / size] ?? 0;
      const sin = sines[(step * length) / size] ?? 0;
      for (let even = step; even < length; even += size) {
        const odd = even + half;
        const turnedReal = (real[odd] ?? 0) * cos - (imaginary[odd] ?? 0) * sin;
        const turnedImaginary = (real[odd] ?? 0) * sin + (imaginary[odd] ?? 0) * cos;
        real[odd] = (real[even] ?? 0) - turnedReal;
        imaginary[odd] = (imaginary[even] ?? 0) - turnedImaginary;
        real[even] = (real[even] ?? 0) + turnedReal;
        imaginary[even] = (imaginary[even] ?? 0) + turnedImaginary;
      }
    }
  }

  return (samples, offset) => {
    imaginary.fill(0);
    for (let index = 0; index < length; index++)
      real[places[index] ?? 0] = (samples[offset + index] ?? 0) * (hann[index] ?? 0);
    for (let size = 2; size <= length; size *= 2) join(size);
    for (let bin = 0; bin < power.length; bin++) power[bin] = (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2;
    return power;
  };
}

function reversedBits(index: number, bits: number): number {
  let reversed = 0;
  for (let bit = 0; bit < bits; bit++) reversed |= ((index >> bit) & 1) << (bits - 1 - bit);
  return reversed;
}
