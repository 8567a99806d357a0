/** What each stage of the pipeline finds: plain, serialisable, without episode ids; `assemble.ts` makes the Narrative. */
import type { Box } from '../schema/box.js';
import type { CueSource, EventType, KeyframeRejection, Setting, SignalName, Transition } from '../schema/enums.js';
import type { Gap } from '../schema/episode.js';
import type { Evidence, FieldProvenance, OtherReading } from '../schema/provenance.js';
import type { FacePoints } from './models/host.js';

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

/** How well a face can be read. */
export interface FaceQuality {
  /** Height of the face in pixels of the film as shown. */
  readonly heightPx: number;
  /** Variance of the Laplacian inside the box, at a stated size; higher is sharper. */
  readonly sharpness: number;
  /** How clearly the mouth can be seen, 0…1. */
  readonly lipVisibility: number;
}

/** One face at one moment. Boxes and points are in shares of the frame as shown. */
export interface FaceReading {
  readonly atMs: number;
  /** Forehead to chin, ear to ear; brows to chin when the mesh does not fit. */
  readonly box: Box;
  /** From these the face can be cut out again (`alignedSquare`). */
  readonly points: FacePoints;
  /** The detector's, when it last saw this face, 0…1. */
  readonly score: number;
  /**
   * Radians, 0 looks into the camera: yaw is positive towards the picture's right edge, pitch downwards, roll
   * clockwise. Absent when the mesh does not fit.
   */
  readonly angles?: { readonly yaw: number; readonly pitch: number; readonly roll: number };
  readonly quality: FaceQuality;
  /** Gap between the inner lips in shares of the face’s height; absent when the mouth cannot be seen. */
  readonly lipAperture?: number;
  /** What the expression model gives each of its words, 0…1; absent where only the lips were followed. */
  readonly expressions?: Readonly<Record<string, number>>;
  /** Share that speaks for a woman, 0…1. */
  readonly female?: number;
  /** Years, as the model guesses. */
  readonly age?: number;
  /** The face's direction among faces (`unpackEmbedding`); absent where it has hardly moved since the last one. */
  readonly embedding?: string;
  /** How far the embedding moves where the person stays the same (`faces.embed`), a cosine distance. */
  readonly unsteadiness?: number;
  /** Colours of what is worn under this face (`unpackColours`); absent where the chest is out of the picture. */
  readonly clothing?: string;
  /** From the camera, by the size of the face; absent when the mesh does not fit. */
  readonly distanceCm?: number;
  /** Joints of the body under this face. */
  readonly pose?: readonly {
    readonly joint: string;
    readonly x: number;
    readonly y: number;
    readonly confidence: number;
  }[];
}

/** One face through one shot. */
export interface FaceTrack extends Grounds {
  readonly shotStartMs: number;
  readonly startMs: number;
  readonly endMs: number;
  /** In order of time; never empty. */
  readonly readings: readonly FaceReading[];
}

/** A thing, or a person of whom no face is seen, at one moment. */
export interface FoundFigure extends Grounds {
  readonly shotStartMs: number;
  readonly atMs: number;
  /** What it is; `person` for somebody seen from behind. */
  readonly name: string;
  readonly box: Box;
}

/** A model that a finding came from. */
export interface UsedModel {
  readonly name: string;
  readonly version: string;
}

export interface PeopleFinding extends Finding {
  /** By what they did. Embeddings can be compared where `identity` is the same, name and version, and nowhere else. */
  readonly models: { readonly faces: UsedModel; readonly identity: UsedModel; readonly objects: UsedModel };
  /** Moments that were looked at, in order. */
  readonly sampledMs: readonly number[];
  readonly tracks: readonly FaceTrack[];
  readonly figures: readonly FoundFigure[];
}

/** Somebody, gathered from tracks all over the film. */
export interface FoundPerson extends Grounds {
  /** Indices into `PeopleFinding.tracks`. */
  readonly tracks: readonly number[];
  readonly portraitId?: string;
  readonly gender?: string;
  readonly ageRange?: string;
  /** How sure these fields are, each for itself. */
  readonly fields: readonly FieldProvenance[];
}

export interface PersonsFinding extends Finding {
  /** By screen time, longest first. */
  readonly persons: readonly FoundPerson[];
  /** Tracks of which nobody can tell whose they are. */
  readonly unassigned: readonly number[];
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
