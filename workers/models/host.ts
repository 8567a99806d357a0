/** The port to models that run in a child process; `child-host.ts` implements it. */

/** What Silero listens to: samples a second, and samples that one probability stands for. */
export const sileroSampleRate = 16_000;
export const sileroWindow = 512;

/** Requests that the model child answers, by name: what goes in, what comes out. A request needs no earlier one. */
export interface ModelCalls {
  /** Speech probability 0…1 of each 32 ms window (512 samples) of a 16 kHz mono recording, a stretch at a time. */
  'silero.probabilities': {
    /** A whole number of windows; `state` as the stretch before gave it, absent at the start of a recording. */
    readonly in: { readonly samples: Float32Array; readonly state?: Float32Array };
    readonly out: { readonly probabilities: Float32Array; readonly state: Float32Array };
  };
  /** Where text stands on a grey picture: boxes in pixels with a score 0…1, top to bottom, left to right. */
  'ocr.detect': {
    readonly in: { readonly luma: Uint8Array; readonly width: number; readonly height: number };
    readonly out: { readonly boxes: readonly { x: number; y: number; width: number; height: number; score: number }[] };
  };
  /** The text of one line on a grey picture (already cropped), with its mean character confidence 0…1. */
  'ocr.recognize': {
    readonly in: { readonly luma: Uint8Array; readonly width: number; readonly height: number };
    readonly out: { readonly text: string; readonly confidence: number };
  };
  /** What a pulled Whisper hears in a 16 kHz mono recording of at most 30 s. */
  'whisper.transcribe': {
    /** `folder` holds the model and its manifest; without a `language` (ISO 639-1) it is heard first. */
    readonly in: { readonly samples: Float32Array; readonly folder: string; readonly language?: string };
    readonly out: {
      readonly language?: string;
      readonly segments: readonly { startMs: number; endMs: number; text: string }[];
    };
  };
}

export type ModelName = keyof ModelCalls;

export interface ModelHost {
  /**
   * Runs one request in the child, starting (or, after a crash, restarting) it as needed. Requests run one at a time,
   * in order. A child that dies or stays silent past the watchdog is replaced and the request tried once again.
   * MODEL_FAILED when the model throws or the second child fails too; MODEL_MISSING when its weights are not there;
   * CANCELLED when the signal fires or the host is closed.
   */
  call<Name extends ModelName>(
    name: Name,
    input: ModelCalls[Name]['in'],
    signal?: AbortSignal,
  ): Promise<ModelCalls[Name]['out']>;
  /** The child's process id, while it runs. */
  readonly pid: number | undefined;
  close(): Promise<void>;
}
