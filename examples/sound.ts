/** The sound of the demo film: ambience from ffmpeg's own generators, voices from voice.ts, as one filter graph. */

import type { Role } from './draw/cast.js';
import { doorOpensAt, doorShutsAt } from './draw/kitchen-room.js';
import type { Film } from './film.js';
import { speak, type Utterance, type Voice, voiceRate } from './voice.js';

const voices: Readonly<Record<Role, Voice>> = {
  MARA: { pitch: 205, mouth: 0.87 },
  TOMAS: { pitch: 108, mouth: 1.02 },
  IDA: { pitch: 285, mouth: 0.76 },
};

export const speakLines = (film: Film): Utterance[] =>
  film.lines.map(({ text, speaker }) => speak(text, voices[speaker]));

/** All lines on one track of the film's length: mono, 16 bit, `voiceRate`. */
export function voiceTrack(film: Film, utterances: readonly Utterance[]): Buffer {
  const track = new Int16Array(Math.ceil(film.seconds * voiceRate));
  for (const [index, { samples }] of utterances.entries()) {
    const start = Math.round((film.lines[index]?.start ?? 0) * voiceRate);
    samples.forEach((value, at) => {
      track[start + at] = Math.round(value * 32767);
    });
  }
  return Buffer.from(track.buffer);
}

const noise = (colour: 'white' | 'pink' | 'brown', seed: number) =>
  `anoisesrc=color=${colour}:seed=${seed}:sample_rate=48000`;

/** A struck tone: a fundamental with partials that die away, `every` seconds (or once). */
const bell = (hertz: number, decay: number) =>
  `aevalsrc='exp(-t*${decay})*(sin(2*PI*${hertz}*t)+.5*sin(2*PI*${hertz * 2.76}*t)*exp(-t*${decay})+.3*sin(2*PI*${hertz * 5.4}*t)*exp(-t*${decay * 2}))':s=48000`;

interface Source {
  /** A lavfi source and its filters. */
  readonly graph: string;
  readonly start: number;
  readonly seconds: number;
  /** dB */
  readonly gain: number;
  /** Fades at both ends, in seconds. */
  readonly fade?: number;
}

/** The ffmpeg filter graph that mixes everything with input 1 (the voice track) into `[sound]`. */
export function soundGraph(film: Film): string {
  const sources = [...sceneSounds(film), ...melody(film)];
  const chains = sources.map(({ graph, start, seconds, gain, fade = 0.02 }, index) => {
    const ends = `afade=t=in:d=${fade},afade=t=out:st=${(seconds - fade).toFixed(3)}:d=${fade}`;
    return `${graph},atrim=0:${seconds.toFixed(3)},${ends},volume=${gain}dB,adelay=${Math.round(start * 1000)},apad[s${index}]`;
  });
  const inputs = sources.map((_, index) => `[s${index}]`).join('');
  return [
    ...chains,
    `[1:a]aresample=48000,volume=-7dB,apad[voice]`,
    `[voice]${inputs}amix=inputs=${sources.length + 1}:normalize=0:duration=longest,atrim=0:${film.seconds},alimiter=limit=.9:level=0,aformat=channel_layouts=stereo[sound]`,
  ].join(';');
}

function sceneSounds(film: Film): Source[] {
  const [pier, kitchen, street] = film.scenes.map(({ start, end }) => ({ start, seconds: end - start }));
  if (!pier || !kitchen || !street) throw new Error('The film has three scenes.');
  const steps = (start: number, seconds: number, every: number, gain: number): Source => ({
    graph: `${noise('brown', 5)},lowpass=f=420,volume='if(lt(mod(t,${every}),.09),exp(-mod(t,${every})*38),0)':eval=frame`,
    ...{ start, seconds, gain },
  });
  return [
    { graph: `${noise('pink', 1)},lowpass=f=750,tremolo=f=.2:d=.75`, ...pier, gain: -25, fade: 0.7 },
    { graph: `${noise('brown', 2)},lowpass=f=300,tremolo=f=.13:d=.6`, ...pier, gain: -17, fade: 0.7 },
    {
      graph: `aevalsrc='.5*sin(2*PI*(900+420*sin(6*t))*t/1.2)*max(0,sin(9*t))*exp(-2*mod(t,1))':s=48000`,
      start: pier.start + 0.5,
      seconds: 1.4,
      gain: -27,
    },
    steps(pier.start + 0.3, 2.3, 0.52, -2),
    { graph: `${noise('white', 3)},highpass=f=1400,lowpass=f=9000`, ...kitchen, gain: -35, fade: 0.5 },
    {
      graph: `${noise('brown', 4)},lowpass=f=130,volume='exp(-t*1.1)*(.6+.4*sin(13*t))':eval=frame`,
      start: kitchen.start + 0.6,
      seconds: 2.4,
      gain: 6,
    },
    {
      graph: `${noise('pink', 6)},lowpass=f=900,volume='exp(-t*8)':eval=frame`,
      start: kitchen.start + doorOpensAt,
      seconds: 0.9,
      gain: 20,
    },
    { graph: bell(62, 6), start: kitchen.start + doorOpensAt, seconds: 0.9, gain: 2 },
    { graph: bell(75, 16), start: kitchen.start + doorShutsAt + 0.7, seconds: 0.4, gain: -12 },
    { graph: `${noise('pink', 7)},lowpass=f=1200,tremolo=f=.25:d=.5`, ...street, gain: -27, fade: 0.5 },
    {
      graph: `aevalsrc='sin(2*PI*(3100+700*sin(37*t))*t)*max(0,sin(5.2*t))^8*(.6+.4*sin(.9*t))':s=48000`,
      ...street,
      gain: -28,
      fade: 0.5,
    },
    steps(street.start + 0.5, 4.6, 0.46, -4),
    ...[0, 1.5, 3].map((later) => ({
      graph: bell(523.25, 1.6),
      start: street.start + 0.4 + later,
      seconds: 1.5,
      gain: -31,
    })),
  ];
}

/** A few plucked notes under it all, one every three quarters of a second, in D minor at first and F major at last. */
function melody(film: Film): Source[] {
  const minor = [146.83, 220, 293.66, 349.23, 293.66, 220, 130.81, 196, 261.63, 329.63, 261.63, 196];
  const major = [174.61, 261.63, 349.23, 440, 349.23, 261.63, 130.81, 196, 329.63, 392, 329.63, 261.63];
  const morning = film.scenes[2]?.start ?? film.seconds;
  return Array.from({ length: Math.floor((film.seconds - 1) / 0.75) }, (_, index) => {
    const start = 0.5 + index * 0.75;
    const hertz = (start < morning ? minor : major)[index % 12] ?? 220;
    return {
      graph: `aevalsrc='exp(-t*2.2)*(sin(2*PI*${hertz}*t)+.28*sin(4*PI*${hertz}*t)*exp(-t*3)+.1*sin(6*PI*${hertz}*t)*exp(-t*5))':s=48000`,
      start,
      seconds: 2.2,
      gain: -27,
    };
  });
}
