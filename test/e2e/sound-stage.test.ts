import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SoundFinding } from '../../workers/findings.js';
import { probeStage } from '../../workers/stages/probe.js';
import { soundStage } from '../../workers/stages/sound.js';
import { openStageContext } from '../stage-context.fixture.js';

const data = '../shared/data';
const picture = ['-f', 'lavfi', '-i', 'color=size=64x36:rate=5'];

type Context = Awaited<ReturnType<typeof openStageContext>>;

describe('the sound stage', () => {
  let context: Context;
  before(async () => {
    context = await openStageContext('');
  });
  after(async () => {
    await context.close();
    await rm(context.scratch, { recursive: true, force: true });
  });

  /** Makes a film with ffmpeg and listens to it. */
  async function listen(...options: string[]): Promise<SoundFinding> {
    const path = join(context.scratch, 'film.mkv');
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...options, path]);
    return hear(path);
  }
  async function hear(path: string): Promise<SoundFinding> {
    const film = { ...context, film: { path, sha256: '' } };
    return soundStage.run(film, { probe: await probeStage.run(film, {}) });
  }
  const source = (filter: string, seconds: number) => ['-f', 'lavfi', '-t', String(seconds), '-i', filter];

  it('measures loudness from the container’s start, though the sound starts later', async () => {
    const beep = ['-itsoffset', '1.5', ...source('sine=1000,volume=8', 2.5)];
    const found = await listen(...picture, ...beep, '-c:a', 'pcm_s16le', '-t', '5');
    const levels = found.loudness?.values ?? [];
    equal(levels.length, 4);
    equal(levels[0], -90);
    ok(Math.abs((levels[2] ?? 0) - (levels[1] ?? 0) - 3.01) < 0.2, 'the beep fills half of the second second');
    deepEqual(found.speech, []);
    deepEqual(found.gaps, []);
  });

  it('hears nothing past the end of the film', async () => {
    const path = join(context.scratch, 'film.mkv');
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, ...source('sine', 6), '-shortest', path]);
    const film = { ...context, film: { path, sha256: '' } };
    const probe = { ...(await probeStage.run(film, {})), durationMs: 2500 };
    equal((await soundStage.run(film, { probe })).loudness?.values.length, 3);
  });

  it('finds no speech in tones, chords, tremolo, noise, drums and melodies', async () => {
    const note = '2*PI*t*220*pow(2\\,mod(7*floor(t/.4)\\,12)/12)';
    const sounds = [
      'sine=440',
      'sine=220,tremolo=5:.9',
      'sine=220,tremolo=8:.9',
      'anoisesrc=c=white:a=.3:s=7',
      'anoisesrc=c=pink:a=.5:s=7,tremolo=4:.9',
      'aevalsrc=exp(-30*mod(t\\,.5))*(random(0)-.5)+.8*exp(-12*mod(t\\,1))*sin(2*PI*60*t)',
      `aevalsrc=.5*exp(-4*mod(t\\,.4))*(sin(${note})+.5*sin(2*${note}))`,
    ];
    const inputs = sounds.flatMap((sound) => source(sound, 6));
    const labels = sounds.map((_, index) => `[sound${index}]`);
    const formats = labels.map(
      (label, index) => `[${index + 1}]aformat=sample_rates=44100:channel_layouts=mono${label}`,
    );
    const all = `${formats.join(';')};${labels.join('')}concat=n=${sounds.length}:v=0:a=1[all]`;
    const found = await listen(
      ...picture,
      ...inputs,
      '-filter_complex',
      all,
      '-map',
      '0:v',
      '-map',
      '[all]',
      '-shortest',
    );
    ok((found.loudness?.values.length ?? 0) >= 40);
    deepEqual(found.speech, []);
  });

  it('states a gap for a silent track and for a film without sound', async () => {
    const silent = await listen(...picture, ...source('anullsrc', 2), '-shortest');
    match(silent.gaps[0]?.missing ?? '', /silent/);
    ok(silent.loudness?.values.every((level) => level === -90));
    const mute = await listen(...picture, '-t', '2');
    match(mute.gaps[0]?.missing ?? '', /no sound/);
    deepEqual([mute.loudness, mute.speech], [undefined, []]);
  });

  it('can be cancelled', async () => {
    const path = join(context.scratch, 'film.mkv');
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, ...source('sine=440', 60), '-shortest', path]);
    const stop = new AbortController();
    const film = { ...context, film: { path, sha256: '' }, signal: stop.signal, progress: () => stop.abort() };
    const probe = await probeStage.run(film, {});
    await rejects(async () => soundStage.run(film, { probe }), { code: 'CANCELLED' });
  });

  describe('on speech', () => {
    const recording = `${data}/audio/speech-60s.wav`;
    before(function () {
      if (!existsSync(recording)) this.skip();
    });

    it('finds it in the second audio stream, at its own level and 35 dB below', async () => {
      const speechMs = async (volume: string) => {
        const streams = ['-map', '0:v', '-map', '2:a', '-af', `volume=${volume}`, '-c:a', 'pcm_s16le', '-t', '30'];
        const found = await listen(...picture, ...source('sine', 1), '-i', recording, ...streams);
        return found.speech.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
      };
      const loud = await speechMs('0dB');
      ok(loud > 22_000 && loud < 27_500, `${loud} ms`);
      ok(Math.abs((await speechMs('-35dB')) / loud - 1) < 0.05);
    });

    it('covers the subtitle cues of the palace clip with IoU ≥ .8', async () => {
      const cues = JSON.parse(readFileSync(`${data}/truth/palace-cues.json`, 'utf8')).cues as SoundFinding['speech'];
      const { speech } = await hear(`${data}/video/palace-drama-90s.mp4`);
      const covered = (at: number, intervals: SoundFinding['speech']) =>
        intervals.some(({ startMs, endMs }) => startMs <= at && at < endMs);
      let both = 0;
      let either = 0;
      for (let at = 0; at < 91_650; at += 10) {
        const [heard, said] = [covered(at, speech), covered(at, cues)];
        both += Number(heard && said);
        either += Number(heard || said);
      }
      // Measured: .849.
      ok(both / either >= 0.8, `IoU ${both / either}`);
    });
  });
});
