import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProblems, type Narrative } from '../../schema/narrative.js';
import { assembleNarrative } from '../../workers/assemble.js';
import type { Findings, StageName } from '../../workers/findings.js';
import { cuesStage } from '../../workers/stages/cues.js';
import { eventsStage } from '../../workers/stages/events.js';
import { probeStage } from '../../workers/stages/probe.js';
import { scenesStage } from '../../workers/stages/scenes.js';
import { shotsStage } from '../../workers/stages/shots.js';
import { soundStage } from '../../workers/stages/sound.js';
import { openStageContext } from '../stage-context.fixture.js';
import { oneShotFindings } from '../unit/findings.fixture.js';

/** Two warm setups in turn, two cold ones in turn, and, after a fade, one long green shot. */
const setups = {
  warm: { light: 'c0=0xC04020:c1=0xF0B060:x0=0:y0=0:x1=160:y1=90', person: '10:10:60:80:0x401008' },
  warmer: { light: 'c0=0xE0A050:c1=0xB03018:x0=160:y0=0:x1=0:y1=20', person: '100:30:50:60:0xF8E0A0' },
  cold: { light: 'c0=0x204080:c1=0x80B0E0:x0=0:y0=90:x1=160:y1=0', person: '20:20:50:70:0x081830' },
  colder: { light: 'c0=0x90C0F0:c1=0x183060:x0=80:y0=0:x1=80:y1=90', person: '90:10:60:80:0xE0F0FF' },
  green: { light: 'c0=0x107020:c1=0x90E070:x0=0:y0=40:x1=160:y1=40', person: '60:30:40:60:0x082010' },
} as const;
const shots = [
  ...(['warm', 'warmer', 'warm', 'warmer', 'cold', 'colder', 'cold', 'colder'] as const).map((name) => [name, 2]),
  ['green', 6],
] as [keyof typeof setups, number][];

/** Pink noise that holds its breath from 9 to 13 s and bangs at 17 s. */
const sound =
  "anoisesrc=colour=pink:amplitude=0.05:duration=22,volume='if(between(t,9,13),0.002,if(between(t,17,17.99),10,1))':eval=frame";

const subtitles = [
  ['00:00:00,500', '00:00:01,800', 'MARA: Is it warm enough?'],
  ['00:00:03,000', '00:00:05,000', '- TOMAS: It is.\n- MARA: Good.'],
  ['00:00:14,000', '00:00:15,500', 'Now it is cold.'],
]
  .map(([from, to, text], index) => `${index + 1}\n${from} --> ${to}\n${text}\n`)
  .join('\n');

describe('a film of three scenes', () => {
  let narrative: Narrative;

  before(async () => {
    const context = await openStageContext('');
    try {
      const path = join(context.scratch, 'film.mkv');
      await writeFile(join(context.scratch, 'lines.srt'), subtitles);
      const inputs = shots.flatMap(([name, seconds]) => {
        const { light, person } = setups[name];
        const gradient = `gradients=size=160x90:rate=12:speed=0.01:nb_colors=2:${light}:duration=${seconds}`;
        return ['-f', 'lavfi', '-i', `${gradient},drawbox=${person}:fill`];
      });
      const fades = '[7]fade=out:start_frame=18:nb_frames=6[v7];[8]fade=in:start_frame=0:nb_frames=6[v8]';
      const joined = `${shots.map((_, at) => (at < 7 ? `[${at}]` : `[v${at}]`)).join('')}concat=n=${shots.length}[v]`;
      execFileSync('ffmpeg', [
        ...['-v', 'error', '-nostdin', '-y', ...inputs, '-f', 'lavfi', '-i', sound],
        ...['-i', join(context.scratch, 'lines.srt'), '-filter_complex', `${fades};${joined}`],
        ...['-map', '[v]', '-map', `${shots.length}:a`, '-map', `${shots.length + 1}:s`],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:s', 'srt', path],
      ]);
      narrative = await analyse({ ...context, film: { path, sha256: '0'.repeat(64) } });
    } finally {
      await context.close();
      await rm(context.scratch, { recursive: true, force: true });
    }
  });

  it('is a valid narrative', () => {
    assert.deepEqual(findProblems(narrative), []);
  });

  it('changes scene where the place does, and not at every cut', () => {
    assert.equal(narrative.shots.length, 9);
    const starts = narrative.scenes.map(({ startMs }) => startMs);
    assert.equal(starts.length, 3);
    for (const [index, wanted] of [0, 8000, 16_000].entries()) assert.ok(Math.abs(starts[index]! - wanted) <= 500);
  });

  it('knows who says what, and which cue says so', () => {
    const lines = narrative.events.filter(({ type }) => type === 'LINE');
    const named = new Map(narrative.persons.map(({ id, name }) => [id, name]));
    assert.deepEqual(
      lines.map(({ personId, dialogue }) => [named.get(personId ?? ''), dialogue]),
      [
        ['Mara', 'Is it warm enough?'],
        ['Tomas', 'It is.'],
        ['Mara', 'Good.'],
        [undefined, 'Now it is cold.'],
      ],
    );
    for (const line of lines) assert.match(line.provenance.evidence[0]!.nodeId!, /:cue:/);
  });

  it('hears the pause and the bang, and takes neither for speech', () => {
    const heard = narrative.events.filter(({ type }) => type !== 'LINE');
    assert.deepEqual(
      heard.map(({ type, startMs, endMs }) => [type, startMs, endMs]),
      [
        ['SILENCE', 9000, 13_000],
        ['LOUD_SOUND', 17_000, 18_000],
      ],
    );
  });
});

async function analyse(context: Awaited<ReturnType<typeof openStageContext>>): Promise<Narrative> {
  const probe = await probeStage.run(context, {});
  const shots = await shotsStage.run(context, { probe });
  const sound = await soundStage.run(context, { probe });
  const cues = await cuesStage.run(context, { probe, shots, sound });
  const scenes = await scenesStage.run(context, { shots, sound, cues });
  const events = await eventsStage.run(context, { probe, shots, sound, cues });
  const keyframes = { summary: '', gaps: [], keyframes: [], contactSheetId: '' };
  const { people, persons } = oneShotFindings;
  const findings: Findings = { probe, shots, keyframes, sound, cues, scenes, events, people, persons };
  const stages = (Object.keys(findings) as StageName[]).map((name) => ({ name, version: '1' }));
  return assembleNarrative({ episodeId: 'ep', title: 'Three scenes', findings, stages });
}
