/** The port to models that run in a child process; `child-host.ts` implements it. */

/** Requests that the model child answers, by name: what goes in, what comes out. */
export interface ModelCalls {
  /** Speech probability of each 32 ms window (512 samples) of a 16 kHz mono recording. `reset` starts a new one. */
  'silero.probabilities': {
    readonly in: { readonly samples: Float32Array; readonly reset: boolean };
    readonly out: { readonly probabilities: Float32Array };
  };
  /** Where text stands on an RGB picture: boxes in pixels with a score 0…1, top to bottom, left to right. */
  'ocr.detect': {
    readonly in: { readonly rgb: Uint8Array; readonly width: number; readonly height: number };
    readonly out: { readonly boxes: readonly { x: number; y: number; width: number; height: number; score: number }[] };
  };
  /** The text of one line on an RGB picture (already cropped), with its mean character confidence 0…1. */
  'ocr.recognize': {
    readonly in: { readonly rgb: Uint8Array; readonly width: number; readonly height: number };
    readonly out: { readonly text: string; readonly confidence: number };
  };
  /** What a pulled Whisper hears in a 16 kHz mono recording of at most 30 s. */
  'whisper.transcribe': {
    readonly in: { readonly samples: Float32Array; readonly folder: string };
    readonly out: {
      readonly language?: string;
      readonly segments: readonly { startMs: number; endMs: number; text: string }[];
    };
  };
}

export interface ModelHost {
  /**
   * Runs one request in the child, starting (or, after a crash, restarting) it as needed.
   * MODEL_FAILED when the model throws or the child dies twice on one request or stays silent past the watchdog;
   * MODEL_MISSING when its weights are not there; CANCELLED when the signal fires.
   */
  call<Name extends keyof ModelCalls>(
    name: Name,
    input: ModelCalls[Name]['in'],
    signal?: AbortSignal,
  ): Promise<ModelCalls[Name]['out']>;
  /** The child's process id, while it runs. */
  readonly pid: number | undefined;
  close(): Promise<void>;
}
