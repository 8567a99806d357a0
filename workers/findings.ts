/** What each stage of the pipeline finds: plain, serialisable, without episode ids; `assemble.ts` makes the Narrative. */
import type { CueSource, EventType, KeyframeRejection, Setting, SignalName, Transition } from '../schema/enums.js';
import type { Gap } from '../schema/episode.js';
import type { Evidence, OtherReading } from '../schema/provenance.js';
import type { PeopleFinding, PersonsFinding } from './people-findings.js';

/** How a finding knows what it says; the stage's name and version are added by `assemble.ts`. */
export interface Grounds {
  /** 0…1 */
  readonly confidence: number;
  /** Times only: nodes have no ids yet. */
  readonly evidence: readonly Evidence[];
  readonly otherReadings?: readonly OtherReading[];
}

export interface Finding {
  /** One sentence for the episode's report. */
  readonly summary: string;
  readonly gaps: readonly Gap[];
  /** Something outside failed for now, such as a remote endpoint: this finding is used but not kept, and sought again. */
  readonly passing?: boolean;
}

export interface VideoStream {
  readonly index: number;
  readonly codec: string;
  readonly pixelFormat: string;
  /** Pixels as coded. */
  readonly codedWidth: number;
  readonly codedHeight: number;
  /** Pixels as shown: after rotation and pixel aspect. */
  readonly width: number;
  readonly height: number;
  /** Clockwise degrees that a player turns the picture by: 0, 90, 180, 270. */
  readonly rotation: number;
  /** Width over height of one pixel. */
  readonly pixelAspect: number;
  /** Mean frames a second. */
  readonly frameRate: number;
  readonly variableFrameRate: boolean;
}

export interface ProbeFinding extends Finding {
  readonly durationMs: number;
  readonly container: string;
  readonly video: VideoStream;
  readonly audio?: {
    readonly index: number;
    readonly codec: string;
    readonly channels: number;
    readonly sampleRate: number;
    readonly language?: string;
  };
  /** Subtitle streams; `text` is false for picture formats (PGS, VobSub). */
  readonly subtitles: readonly {
    readonly index: number;
    readonly codec: string;
    readonly language?: string;
    readonly title?: string;
    readonly text: boolean;
    /** What players show unasked. */
    readonly default: boolean;
    /** Only foreign lines and signs. */
    readonly forced: boolean;
  }[];
}

export interface FoundShot extends Grounds {
  readonly startMs: number;
  readonly endMs: number;
  /** How it begins; the first one is START. */
  readonly transition: Transition;
  /** Where the transition into it lasts (fade, dissolve, wipe); absent for a cut. */
  readonly transitionRange?: { readonly startMs: number; readonly endMs: number };
  /** Looks at even moments of the shot, for grouping shots into scenes and for similar moments. */
  readonly looks: readonly ShotLook[];
}

export interface ShotLook {
  readonly atMs: number;
  /** Normalised histogram over 4 luma × 4 Cb × 4 Cr bins (64 shares that add up to 1). */
  readonly colours: readonly number[];
  /** Luma of an 8×6 grid, 0…255, row by row. */
  readonly layout: readonly number[];
}

export interface FoundSignal {
  readonly name: SignalName;
  readonly stepMs: number;
  readonly unit: string;
  readonly values: readonly number[];
}

export interface ShotsFinding extends Finding {
  readonly frameCount: number;
  /** End of the last frame's presentation. */
  readonly durationMs: number;
  readonly shots: readonly FoundShot[];
  /** MOTION, LIGHT, SATURATION, WARMTH, CUT_RHYTHM, one value a second. */
  readonly signals: readonly FoundSignal[];
}

export interface FoundKeyframe extends Grounds {
  /** Start of the shot it belongs to. */
  readonly shotStartMs: number;
  readonly atMs: number;
  readonly imageId: string;
  readonly sharpness: number;
  readonly valid: boolean;
  readonly rejection?: KeyframeRejection;
}

export interface KeyframesFinding extends Finding {
  readonly keyframes: readonly FoundKeyframe[];
  readonly contactSheetId: string;
}

export interface FoundSpeech extends Grounds {
  readonly startMs: number;
  readonly endMs: number;
}

export interface SoundFinding extends Finding {
  /** LOUDNESS in dBFS (RMS a second, −90 is silence); absent without an audio stream. */
  readonly loudness?: FoundSignal;
  readonly speech: readonly FoundSpeech[];
}

export interface FoundCue extends Grounds {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly source: CueSource;
  readonly language?: string;
  readonly speakerTag?: string;
}

/** Text on the picture that is no subtitle: a logo, a credit, a sign, a gloss. */
export interface FoundSceneText extends Grounds {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly why: string;
}

export interface CuesFinding extends Finding {
  readonly cues: readonly FoundCue[];
  readonly sceneTexts: readonly FoundSceneText[];
}

export interface FoundScene extends Grounds {
  /** Both fall on shot boundaries. */
  readonly startMs: number;
  readonly endMs: number;
  readonly setting: Setting;
}

export interface ScenesFinding extends Finding {
  readonly scenes: readonly FoundScene[];
}

export interface FoundEvent extends Grounds {
  readonly type: EventType;
  readonly startMs: number;
  readonly endMs: number;
  /** Of a line: the index in `CuesFinding.cues` of the cue it was read from. */
  readonly cue?: number;
  readonly dialogue?: string;
  /** As the subtitles name the speaker. */
  readonly speakerTag?: string;
  readonly audioCue?: string;
  readonly description?: string;
}

export interface EventsFinding extends Finding {
  readonly events: readonly FoundEvent[];
}

/** Stage name → what it finds. */
export interface Findings {
  readonly probe: ProbeFinding;
  readonly shots: ShotsFinding;
  readonly keyframes: KeyframesFinding;
  readonly sound: SoundFinding;
  readonly cues: CuesFinding;
  readonly scenes: ScenesFinding;
  readonly events: EventsFinding;
  readonly people: PeopleFinding;
  readonly persons: PersonsFinding;
}

export type StageName = keyof Findings;
