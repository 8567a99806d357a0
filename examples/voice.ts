/**
 * A voice made of numbers: a buzzing source (the glottis) through three resonances (the mouth), after Klatt 1980,
 * spelled straight from the letters. It murmurs more than it speaks, but it needs no other program and no recording.
 */
export const voiceRate = 24_000;

export interface Voice {
  /** Hz */
  readonly pitch: number;
  /** 1 for a man's mouth; smaller mouths resonate higher. */
  readonly mouth: number;
}

type Sound = 'VOWEL' | 'HUM' | 'HISS' | 'STOP' | 'PAUSE';

interface Segment {
  readonly sound: Sound;
  readonly formants: readonly [number, number, number];
  readonly seconds: number;
}

export interface Utterance {
  readonly samples: Float32Array;
  /** How far the mouth is open, 0…1, `seconds` into the utterance. */
  readonly opening: (seconds: number) => number;
}

/** F1, F2, F3 of a man's vowels (Peterson & Barney 1952) and rough ones for what lies between. */
const vowels: Readonly<Record<string, readonly [number, number, number]>> = {
  a: [730, 1090, 2440],
  e: [530, 1840, 2480],
  i: [340, 2100, 2800],
  o: [570, 840, 2410],
  u: [440, 1020, 2240],
  y: [300, 2200, 2900],
  ee: [270, 2290, 3010],
  ea: [320, 2200, 2900],
  oo: [320, 870, 2240],
  ou: [520, 950, 2300],
};

const spell = /ee|ea|oo|ou|th|sh|ch|ck|[a-z]|[,.?]| /g;

function segments(text: string): Segment[] {
  const found: Segment[] = [];
  for (const [letters] of text.toLowerCase().matchAll(spell)) {
    const vowel = vowels[letters];
    if (vowel) found.push({ sound: 'VOWEL', formants: vowel, seconds: letters.length > 1 ? 0.12 : 0.088 });
    else if (/^[mnlrw]$/.test(letters))
      found.push({ sound: 'HUM', formants: [280, /[mw]/.test(letters) ? 900 : 1350, 2300], seconds: 0.055 });
    else if (/^(s|sh|ch|f|z|th|h|v|x)$/.test(letters))
      found.push({ sound: 'HISS', formants: [900, 2600, /s|z|x/.test(letters) ? 5600 : 3600], seconds: 0.06 });
    else if (letters === ' ') found.push({ sound: 'PAUSE', formants: [500, 1500, 2500], seconds: 0.025 });
    else if (/[,.?]/.test(letters)) found.push({ sound: 'PAUSE', formants: [500, 1500, 2500], seconds: 0.16 });
    else found.push({ sound: 'STOP', formants: [400, 1700, 2600], seconds: 0.05 });
  }
  return found;
}

/** How long a line takes to say. */
export const speakingSeconds = (text: string): number => segments(text).reduce((sum, { seconds }) => sum + seconds, 0);

export function speak(text: string, voice: Voice): Utterance {
  const spoken = segments(text);
  const samples = new Float32Array(Math.ceil(speakingSeconds(text) * voiceRate));
  const resonators = [90, 110, 170].map((width) => resonator(width));
  const asks = text.includes('?');
  let formants: readonly number[] = [500, 1500, 2500];
  let [loud, breath, phase, noise, at] = [0, 0, 0, 1, 0];
  for (const { sound, formants: wanted, seconds } of spoken) {
    const end = at + Math.round(seconds * voiceRate);
    const start = at;
    for (; at < end && at < samples.length; at++) {
      const share = at / samples.length;
      const glide = 1 - Math.exp(-1 / (0.016 * voiceRate));
      formants = formants.map((value, index) => value + ((wanted[index] ?? value) / voice.mouth - value) * glide);
      loud += (voicing(sound, (at - start) / (end - start)) - loud) * glide * 1.6;
      breath += (breathing(sound, (at - start) / (end - start)) - breath) * glide * 3;
      const melody =
        1.12 -
        0.24 * share +
        0.05 * Math.sin(at / (0.31 * voiceRate)) +
        (asks && share > 0.75 ? (share - 0.75) * 1.6 : 0);
      phase = (phase + (voice.pitch * melody * (1 + 0.006 * Math.sin(at / 700))) / voiceRate) % 1;
      noise = (noise * 48271) % 2147483647;
      const hiss = noise / 1073741823.5 - 1;
      const source = glottis(phase) * loud + hiss * (breath * 0.35 + loud * 0.02);
      samples[at] =
        resonators.reduce((signal, filter, index) => filter(signal, formants[index] ?? 500), source) +
        hiss * breath * 0.05;
    }
  }
  return { samples: levelled(samples), opening: (seconds) => mouthAt(spoken, seconds) };
}

/** The flow through the vocal folds: slowly open, quickly shut, then closed (its derivative is what is heard). */
const glottis = (phase: number): number =>
  phase < 0.6 ? Math.sin((Math.PI * phase) / 0.6) * 0.6 - 0.2 : phase < 0.7 ? -1 : 0;

const voicing = (sound: Sound, share: number): number =>
  sound === 'VOWEL' ? 1 : sound === 'HUM' ? 0.55 : sound === 'STOP' ? (share < 0.6 ? 0.05 : 0.5) : 0;

const breathing = (sound: Sound, share: number): number =>
  sound === 'HISS' ? 0.5 : sound === 'STOP' && share > 0.6 ? 0.8 : 0;

/** A two-pole resonance of so many Hz width, with its gain at 0 Hz held at one. */
function resonator(width: number): (input: number, hertz: number) => number {
  let [last, before] = [0, 0];
  const c = -Math.exp((-2 * Math.PI * width) / voiceRate);
  return (input, hertz) => {
    const b = 2 * Math.exp((-Math.PI * width) / voiceRate) * Math.cos((2 * Math.PI * hertz) / voiceRate);
    const output = (1 - b - c) * input + b * last + c * before;
    [before, last] = [last, output];
    return output;
  };
}

function levelled(samples: Float32Array): Float32Array {
  const peak = samples.reduce((high, value) => Math.max(high, Math.abs(value)), 1e-6);
  const edge = 0.02 * voiceRate;
  return samples.map((value, at) => (value / peak) * 0.8 * Math.min(1, at / edge, (samples.length - at) / edge));
}

function mouthAt(spoken: readonly Segment[], seconds: number): number {
  let end = 0;
  for (const { sound, seconds: length, formants } of spoken) {
    end += length;
    if (seconds < 0 || seconds >= end) continue;
    return sound === 'VOWEL'
      ? 0.3 + Math.min(0.7, (formants[0] - 250) / 700)
      : sound === 'HUM' || sound === 'HISS'
        ? 0.18
        : 0.05;
  }
  return 0;
}
