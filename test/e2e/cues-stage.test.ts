import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { CuesFinding, ShotsFinding } from '../../workers/findings.js';
import { streamFfmpeg } from '../../workers/media/ffmpeg.js';
import type { AnalysisSettings } from '../../workers/stage.js';
import { cuesStage } from '../../workers/stages/cues.js';
import { probeStage } from '../../workers/stages/probe.js';
import { soundStage } from '../../workers/stages/sound.js';
import { openStageContext } from '../stage-context.fixture.js';

const recording = '../shared/data/audio/speech-60s.wav';
const picture = ['-f', 'lavfi', '-i', 'color=size=320x180:rate=5:duration=4'];
const srt = (...words: string[]) =>
  words.map((text, index) => `${index + 1}\n00:00:0${index},500 --> 00:00:0${index + 1},000\n${text}\n`).join('\n');
const ass = [
  ...['[Script Info]', 'ScriptType: v4.00+', '[V4+ Styles]', 'Format: Name, Fontname, Fontsize', 'Style: D,Arial,20'],
  ...['[Events]', 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text'],
  ...['Dialogue: 0,0:00:01.00,0:00:02.00,D,Mara,0,0,0,,{\\i1}Run!', 'Dialogue: 0,0:00:03.00,0:00:09.00,D,,0,0,0,,Now'],
].join('\n');

describe('the cues stage', () => {
  let context: Awaited<ReturnType<typeof openStageContext>>;
  before(async () => {
    context = await openStageContext('');
  });
  after(async () => {
    await context.close();
    await rm(context.scratch, { recursive: true, force: true });
  });

  const path = (name: string) => join(context.scratch, name);
  const make = (name: string, ...options: string[]) => {
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...options, path(name)]);
    return path(name);
  };
  async function read(film: string, settings: AnalysisSettings = {}): Promise<CuesFinding> {
    const given = { ...context, film: { path: film, sha256: '' }, settings };
    const probe = await probeStage.run(given, {});
    const sound = await soundStage.run(given, { probe });
    const shots: ShotsFinding = {
      frameCount: 0,
      durationMs: probe.durationMs,
      shots: [],
      signals: [],
      gaps: [],
      summary: '',
    };
    return cuesStage.run(given, { probe, shots, sound });
  }
  const shown = ({ cues }: CuesFinding) =>
    cues.map(
      ({ startMs, endMs, text, speakerTag }) => `${startMs}–${endMs} ${speakerTag ? `${speakerTag}: ` : ''}${text}`,
    );

  it('takes a given file before the film’s own streams, cut off at the film’s end, and says why', async () => {
    await writeFile(path('in.srt'), srt('stream'));
    const film = make('film.mkv', ...picture, '-i', path('in.srt'), '-t', '4');
    await writeFile(path('film.zh.ass'), `${ass}\nDialogue: 0,0:01:00.00,0:01:01.00,D,,0,0,0,,Past the end`);
    const found = await read(film, { subtitles: { path: path('film.zh.ass'), sha256: '' } });
    deepEqual(
      shown(found).map((cue) => cue.replace(/40\d\d/, '40xx')),
      ['1000–2000 Mara: Run!', '3000–40xx Now'],
    );
    deepEqual([found.cues[0]?.source, found.cues[0]?.language], ['FILE', 'zh']);
    match(found.cues[0]?.evidence[0]?.note ?? '', /ass, utf-8.*outranks/);
    match(found.gaps[0]?.missing ?? '', /1 cues .* past the end/);
  });

  it('refuses a given file that cannot be read, with the line', async () => {
    await writeFile(path('bad.srt'), '1\n00:00:xx,000 --> 00:00:02,000\nHi');
    const film = make('film.mkv', ...picture);
    const failure = { code: 'SUBTITLES_UNREADABLE', message: /^Line 2/ };
    await rejects(read(film, { subtitles: { path: path('bad.srt'), sha256: '' } }), failure);
    await rejects(read(film, { subtitles: { path: path('none.srt'), sha256: '' } }), { code: 'SUBTITLES_UNREADABLE' });
  });

  it('takes the text stream in the spoken language, whole rather than forced', async () => {
    const streams = { fr: srt('bonjour'), forced: srt('signs'), en: srt('MARA: hello', 'there') };
    for (const [name, text] of Object.entries(streams)) await writeFile(path(`${name}.srt`), text);
    const inputs = [...picture, '-f', 'lavfi', '-t', '4', '-i', 'sine', '-i', path('fr.srt'), '-i', path('forced.srt')];
    const maps = ['-i', path('en.srt'), ...[0, 1, 2, 3, 4].flatMap((input) => ['-map', String(input)])];
    const tags = ['fre', 'eng', 'eng'].flatMap((tag, index) => [`-metadata:s:s:${index}`, `language=${tag}`]);
    const flags = ['-disposition:s:0', 'default', '-disposition:s:1', 'forced', '-metadata:s:a:0', 'language=eng'];
    const found = await read(make('many.mkv', ...inputs, ...maps, ...tags, ...flags));
    deepEqual(shown(found), ['500–1000 MARA: hello', '1500–2000 there']);
    deepEqual([found.cues[0]?.source, found.cues[0]?.language], ['STREAM', 'en']);
  });

  it('reads the text streams of MP4 and ASS and WebVTT in Matroska, with their speakers', async () => {
    await writeFile(path('in.srt'), srt('[Mara] hello'));
    const mp4 = make('film.mp4', ...picture, '-i', path('in.srt'), '-c:s', 'mov_text');
    deepEqual(shown(await read(mp4)), ['500–1000 Mara: hello']);
    await writeFile(path('in.ass'), ass);
    const withAss = make('ass.mkv', ...picture, '-i', path('in.ass'), '-c:s', 'copy', '-t', '4');
    equal(shown(await read(withAss))[0], '1000–2000 Mara: Run!');
    await writeFile(path('in.vtt'), 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mara>Run!</v>\n');
    const withVtt = make('vtt.mkv', ...picture, '-i', path('in.vtt'), '-c:s', 'copy');
    deepEqual(shown(await read(withVtt)), ['1000–2000 Mara: Run!']);
  });

  it('reads the picture when the film has no text, takes speakers off it and says why', async () => {
    const line = (text: string, from: number) =>
      `drawtext=text='${text}':fontcolor=white:borderw=2:fontsize=28:x=(w-tw)/2:y=h-50:enable='between(t,${from},${from + 1.6})'`;
    const lines = [
      line('MARA\\: Where is the letter?', 0.4),
      line('ADAM\\: I never saw it.', 2.4),
      line('Then we are lost.', 4.4),
    ];
    const scene = 'mandelbrot=size=640x360:rate=12,format=gray';
    const film = make(
      'drawn.mp4',
      '-f',
      'lavfi',
      '-i',
      `${scene},${lines.join(',')}`,
      '-t',
      '6.5',
      '-pix_fmt',
      'yuv420p',
    );
    const { cues, sceneTexts } = await read(film);
    deepEqual(
      // How well letters are read, small and capital, is tested with the reader.
      cues.map(({ speakerTag, text }) => [speakerTag?.toUpperCase(), text]),
      [
        ['MARA', 'Where is the letter?'],
        ['ADAM', 'I never saw it.'],
        [undefined, 'Then we are lost.'],
      ],
    );
    match(cues[0]?.evidence[0]?.note ?? '', /off the picture: there is no subtitle file/);
    deepEqual(sceneTexts, []);
  });

  it('finds nothing in a film without a word, and misses nothing', async () => {
    const found = await read(make('mute.mkv', ...picture));
    deepEqual([found.cues, found.gaps, found.passing], [[], [], undefined]);
  });

  describe('of a film that speaks and has no subtitles', () => {
    let film: string;
    let server: Server;
    let asked = 0;
    let failAfter = Number.POSITIVE_INFINITY;
    before(async function () {
      if (!existsSync(recording)) return this.skip();
      film = make('speech.mkv', '-f', 'lavfi', '-i', 'color=size=320x180:rate=2', '-i', recording, '-shortest');
      server = createServer(async (request, response) => {
        const headers = { 'content-type': request.headers['content-type'] ?? '' };
        const form = await new Response(Buffer.concat(await request.toArray()), { headers }).formData();
        const seconds = ((form.get('file') as File).size - 44) / 32_000;
        if (++asked > failAfter) return response.writeHead(401).end();
        const half = { start: 0.2, end: seconds / 2, text: ` chunk ${asked}` };
        response.end(
          JSON.stringify({ language: 'english', segments: [half, { ...half, start: seconds / 2, end: 99 }] }),
        );
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    after(() => {
      server?.closeAllConnections();
      server?.close();
    });
    const remote = () => ({
      transcription: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, model: 'whisper-1' },
    });

    it('says what is missing and how to get it', async () => {
      const found = await read(film);
      equal(found.cues.length, 0);
      match(found.gaps[0]?.missing ?? '', /words of \d+ s of speech/);
      match(found.gaps[0]?.remedy ?? '', /FABULA_LLM_URL=/);
    });

    it('asks the endpoint for the speech, chunk by chunk', async () => {
      const found = await read(film, remote());
      ok(asked >= 2 && asked <= 4, `${asked} requests`);
      equal(found.cues.length, 2 * asked);
      ok(found.cues.every(({ startMs, endMs }) => startMs < endMs && endMs <= 60_500));
      deepEqual([found.cues[0]?.source, found.cues[0]?.language, found.gaps.length], ['TRANSCRIPT', 'en', 0]);
      match(found.cues[0]?.evidence[0]?.note ?? '', /whisper-1/);
    });

    it('keeps what was heard when the endpoint fails, and says from where on words are missing', async () => {
      [asked, failAfter] = [0, 1];
      const found = await read(film, remote());
      deepEqual([found.cues.length, found.passing], [2, true]);
      match(found.gaps[0]?.missing ?? '', /transcript from 0:\d\d on.*401/);
      match(found.gaps[0]?.remedy ?? '', /FABULA_LLM_KEY/);
    });

    it('does not take a slow reader for a stalled ffmpeg', async () => {
      let bytes = 0;
      for await (const chunk of streamFfmpeg({ input: recording, outputOptions: ['-f', 's16le'], stallMs: 3000 })) {
        if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 4000));
        bytes += chunk.length;
      }
      equal(bytes, 1_920_000);
    });
  });
});
