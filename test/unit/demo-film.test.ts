import assert from 'node:assert/strict';
import { Resvg } from '@resvg/resvg-js';
import { pictureHeight, pictureWidth } from '../../examples/draw/set.js';
import { planFilm } from '../../examples/film.js';
import { drawShot } from '../../examples/picture.js';
import { planDemoFilm } from '../../examples/render.js';
import { readScreenplay } from '../../examples/screenplay.js';
import { storyboard } from '../../examples/storyboard.js';
import { speak, speakingSeconds, voiceRate } from '../../examples/voice.js';

const film = await planDemoFilm();

describe('the demo film', () => {
  it('is about half a minute of three scenes, many shots of all sizes, one dissolve and one fade', () => {
    assert.ok(film.seconds > 25 && film.seconds < 40, `${film.seconds} s`);
    assert.deepEqual(
      film.scenes.map(({ heading }) => heading),
      ['EXT. PIER - DUSK', 'INT. KITCHEN - NIGHT', 'EXT. STREET - MORNING'],
    );
    assert.ok(film.shots.length >= 12);
    assert.deepEqual([...new Set(film.shots.map(({ size }) => size))].sort(), ['CLOSE_UP', 'MEDIUM', 'WIDE']);
    assert.deepEqual(
      film.shots.flatMap(({ into }) => into?.transition ?? []),
      ['DISSOLVE', 'FADE'],
    );
  });

  it('leaves no gap between shots, and says every line inside one of them', () => {
    for (const [index, { start }] of film.shots.slice(1).entries()) assert.equal(start, film.shots[index]?.end);
    for (const { start, said, end, text } of film.lines) {
      assert.ok(start < said && said < end, text);
      assert.ok(
        film.shots.some((shot) => shot.start <= start && end <= shot.end),
        text,
      );
    }
  });

  it('refuses a storyboard that leaves a line out, and a shot that is too short for its line', () => {
    const play = readScreenplay('Title: T\n\nINT. ROOM - DAY\n\nIDA\n(softly)\nHello,\nyou there.\n\nIDA\nBye.\n');
    assert.deepEqual(play.scenes[0]?.lines, [
      { speaker: 'IDA', text: 'Hello, you there.' },
      { speaker: 'IDA', text: 'Bye.' },
    ]);
    const shot = { ...storyboard[1]!, scene: 0, speech: { at: 0, tagged: true } };
    assert.throws(() => planFilm(play, [shot]), /no shot for "Bye\."/);
    assert.throws(() => planFilm(play, [{ ...shot, seconds: 0.5 }, shot]), /takes longer than its shot/);
    assert.equal(planFilm(play, [shot, shot]).lines[1]?.subtitle, 'IDA: Bye.');
  });

  it('draws the same picture twice, and another one a moment later', () => {
    const shot = film.shots[1]!;
    const at = (seconds: number) => drawShot(film, shot, seconds, () => 0.5);
    assert.equal(at(3.5), at(3.5));
    assert.notEqual(at(3.5), at(3.75));
    const picture = new Resvg(at(3.5), { font: { loadSystemFonts: false } }).render();
    assert.deepEqual([picture.width, picture.height], [pictureWidth, pictureHeight]);
    assert.ok(new Set(new Uint32Array(picture.pixels.buffer, picture.pixels.byteOffset, 200_000)).size > 500);
  });
});

describe('the murmuring voice', () => {
  const said = speak('Come home. The light is on.', { pitch: 200, mouth: 0.9 });

  it('lasts as long as planned, neither silent nor clipped', () => {
    assert.equal(said.samples.length, Math.ceil(speakingSeconds('Come home. The light is on.') * voiceRate));
    const peak = Math.max(...said.samples);
    assert.ok(peak > 0.3 && peak < 1, `${peak}`);
  });

  it('opens the mouth on vowels and shuts it in pauses and at the end', () => {
    const openings = Array.from({ length: 40 }, (_, index) => said.opening(index / 20));
    assert.ok(openings.some((opening) => opening > 0.5));
    assert.ok(openings.some((opening) => opening < 0.1));
    assert.equal(said.opening(60), 0);
  });

  it('has the pitch that it was given', () => {
    const slice = speak('aaaaaa', { pitch: 200, mouth: 1 }).samples.subarray(3000, 7000);
    const alike = (lag: number) => slice.reduce((sum, value, at) => sum + value * (slice[at + lag] ?? 0), 0);
    const lags = Array.from({ length: 160 }, (_, index) => index + 60);
    const period = lags.reduce((best, lag) => (alike(lag) > alike(best) ? lag : best));
    assert.ok(Math.abs(voiceRate / period / 200 - 1) < 0.25, `${voiceRate / period} Hz`);
  });
});
