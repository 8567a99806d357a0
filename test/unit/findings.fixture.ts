import type { Findings, FoundCue, FoundShot } from '../../workers/findings.js';

/** Findings of a film with nothing but one shot; every field can be replaced. */
export const oneShotFindings: Findings = {
  probe: {
    summary: 'A film.',
    gaps: [],
    durationMs: 10_000,
    container: 'mov,mp4',
    video: {
      index: 0,
      codec: 'h264',
      pixelFormat: 'yuv420p',
      codedWidth: 640,
      codedHeight: 360,
      width: 640,
      height: 360,
      rotation: 0,
      pixelAspect: 1,
      frameRate: 25,
      variableFrameRate: false,
    },
    subtitles: [],
  },
  shots: {
    summary: '1 shot.',
    gaps: [],
    frameCount: 250,
    durationMs: 10_000,
    shots: [{ startMs: 0, endMs: 10_000, transition: 'START', looks: [], confidence: 1, evidence: [] }],
    signals: [],
  },
  keyframes: { summary: 'No keyframe.', gaps: [], keyframes: [], contactSheetId: '' },
  sound: { summary: 'No sound.', gaps: [], speech: [] },
  cues: { summary: 'No cue.', gaps: [], cues: [], sceneTexts: [] },
  scenes: {
    summary: '1 scene.',
    gaps: [],
    scenes: [{ startMs: 0, endMs: 10_000, setting: 'UNKNOWN', confidence: 1, evidence: [] }],
  },
  events: { summary: 'No event.', gaps: [], events: [] },
  people: {
    summary: 'Nobody.',
    gaps: [],
    models: {
      faces: { name: 'blazeface', version: '1' },
      identity: { name: 'hse-faceres', version: '2' },
      objects: { name: 'centernet', version: '1' },
    },
    sampledMs: [],
    tracks: [],
    figures: [],
  },
  persons: { summary: 'Nobody.', gaps: [], persons: [], unassigned: [] },
};

export const stagesOf = (findings: Findings) =>
  (Object.keys(findings) as (keyof Findings)[]).map((name) => ({ name, version: '7' }));

export const cue = (startMs: number, endMs: number, text: string, more: Partial<FoundCue> = {}): FoundCue => ({
  startMs,
  endMs,
  text,
  source: 'FILE',
  confidence: 0.9,
  evidence: [{ startMs, endMs }],
  ...more,
});

/** A shot that shows one colour bin most of the time, and light in one part of the picture. */
export function shot(
  startMs: number,
  endMs: number,
  look: { readonly colours: Readonly<Record<number, number>>; readonly bright: number },
  more: Partial<FoundShot> = {},
): FoundShot {
  const colours = Array.from({ length: 64 }, (_, bin) => look.colours[bin] ?? 0);
  const layout = Array.from({ length: 48 }, (_, cell) =>
    cell % 8 === look.bright % 8 ? 220 : 60 + ((cell * look.bright) % 7),
  );
  return {
    startMs,
    endMs,
    transition: startMs === 0 ? 'START' : 'CUT',
    looks: [{ atMs: startMs, colours, layout }],
    confidence: 1,
    evidence: [],
    ...more,
  };
}
