/** Labelled films made over: the same people under other conditions, their labels along with them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Box } from '../../schema/box.js';
import type { LabelledFilm } from './labels.js';

/** A labelled film where it lies on this machine, as shown. */
export interface FilmAtHand {
  readonly path: string;
  readonly labels: LabelledFilm;
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  readonly shots: readonly { readonly startMs: number; readonly endMs: number }[];
}

/** A stretch of a film and what is done to it. */
interface Part {
  readonly film: FilmAtHand;
  readonly startMs: number;
  readonly endMs: number;
  /** Of ffmpeg's. */
  readonly filter: string;
  /** Where a box comes to lie; undefined where it is cut off. */
  readonly box: (box: Box) => Box | undefined;
  /** So many times as long. */
  readonly slower: number;
}

export interface Variant {
  readonly name: string;
  readonly parts: readonly Part[];
  /** Constant rate factor of x264. */
  readonly crf: number;
}

const goodCrf = 16;
const frameRate = 30;

const whole = (film: FilmAtHand, change: Partial<Part> = {}): Part => ({
  ...{ film, startMs: 0, endMs: film.durationMs, filter: 'null', box: (box: Box) => box, slower: 1 },
  ...change,
});

const mirrored = { filter: 'hflip', box: (box: Box) => ({ ...box, x: 1 - box.x - box.width }) };

/** What one film is made into. */
export function variantsOf(film: FilmAtHand): Variant[] {
  const name = film.labels.film.replace(/\.\w+$/, '');
  const one = (what: string, change: Partial<Part>, crf = goodCrf) => ({
    name: `${name}, ${what}`,
    parts: [whole(film, change)],
    crf,
  });
  const shots = film.shots.map(({ startMs, endMs }) => whole(film, { startMs, endMs }));
  return [
    one('as it is', {}),
    one('mirrored', mirrored),
    one('cropped to 4:3', { filter: 'crop=2*floor(ih*2/3):ih', box: croppedTo((film.height * 4) / 3 / film.width) }),
    one('270 lines', { filter: 'scale=-2:270:flags=area' }),
    one('crf 40', {}, 40),
    one('half speed', { slower: 2 }),
    {
      name: `${name}, odd shots before even ones`,
      parts: [1, 0].flatMap((rest) => shots.filter((_, index) => index % 2 === rest)),
      crf: goodCrf,
    },
    { name: `${name}, then mirrored`, parts: [whole(film), whole(film, mirrored)], crf: goodCrf },
  ];
}

/** Films one after another, the second ones put into the first one's frame. */
export function oneAfterAnother(films: readonly FilmAtHand[]): Variant {
  const [{ width = 2, height = 2 } = {}] = films;
  const into = (film: FilmAtHand) => {
    const scale = Math.min(width / film.width, height / film.height);
    const [across, down] = [(film.width * scale) / width, (film.height * scale) / height];
    const fitted = `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:-1:-1`;
    const box = ({ x, y, ...size }: Box) => ({
      x: (1 - across) / 2 + x * across,
      y: (1 - down) / 2 + y * down,
      width: size.width * across,
      height: size.height * down,
    });
    return whole(film, { filter: fitted, box });
  };
  return {
    name: films.map(({ labels }) => labels.film.split('-')[0]).join(', then '),
    parts: films.map(into),
    crf: goodCrf,
  };
}

/** The middle of the frame, `share` of its width. */
const croppedTo = (share: number) => (box: Box) => {
  const left = (1 - share) / 2;
  const middle = box.x + box.width / 2;
  if (middle < left || middle > 1 - left) return undefined;
  const [from, to] = [Math.max(box.x, left), Math.min(box.x + box.width, 1 - left)];
  return { ...box, x: (from - left) / share, width: (to - from) / share };
};

/** The parts' labels at their new moments and places. */
export function labelsOf({ name, parts }: Variant): LabelledFilm {
  const frames: LabelledFilm['frames'][number][] = [];
  let outMs = 0;
  for (const { film, startMs, endMs, box, slower } of parts) {
    for (const { atMs, faces } of film.labels.frames)
      if (startMs <= atMs && atMs < endMs)
        frames.push({
          atMs: Math.round(outMs + (atMs - startMs) * slower),
          faces: faces.flatMap((face) => {
            const moved = box(face.box);
            return moved ? [{ who: face.who, box: moved }] : [];
          }),
        });
    outMs += (endMs - startMs) * slower;
  }
  const films = [...new Set(parts.map(({ film }) => film.labels))];
  return {
    film: name,
    sha256: '',
    identities: Object.assign({}, ...films.map(({ identities }) => identities)),
    main: films.flatMap(({ main }) => main),
    frames,
  };
}

/** Writes the variant as a film. */
export async function makeVariant({ parts, crf }: Variant, path: string): Promise<void> {
  const inputs = [...new Set(parts.map(({ film }) => film.path))];
  const chains = parts.map(({ film, startMs, endMs, filter, slower }, index) => {
    const input = inputs.indexOf(film.path);
    const [start, end] = [startMs / 1000, endMs / 1000];
    const times = `start=${start}:end=${end}`;
    return [
      // The rate first: an fps filter behind a trim repeats the last frame up to where the trim ended in the film.
      `[${input}:v]fps=${frameRate},trim=${times},setpts=(PTS-STARTPTS)*${slower},${filter},setsar=1[v${index}]`,
      `[${input}:a]atrim=${times},asetpts=PTS-STARTPTS,atempo=${1 / slower},aresample=44100[a${index}]`,
    ].join(';');
  });
  const joined = `${parts.map((_, index) => `[v${index}][a${index}]`).join('')}concat=n=${parts.length}:v=1:a=1[v][a]`;
  await promisify(execFile)('ffmpeg', [
    ...['-v', 'error', '-nostdin', ...inputs.flatMap((input) => ['-i', input])],
    ...['-filter_complex', [...chains, joined].join(';'), '-map', '[v]', '-map', '[a]'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-r', String(frameRate), '-crf', String(crf), '-y', path],
  ]);
}
