import type { Findings, StageName } from './findings.js';
import type { ModelHost } from './models/host.js';
import type { PulledModels } from './models/pulled-models.js';
import type { Pictures } from './pictures.js';

/** The film under analysis, as this machine sees it. */
export interface FilmFile {
  /** Absolute path here; never leaves this process. */
  readonly path: string;
  readonly sha256: string;
}

/** Settings of one analysis that change what stages find. All travel in the artifact key. */
export interface AnalysisSettings {
  /** A subtitle file given by the user: absolute path and content hash. */
  readonly subtitles?: { readonly path: string; readonly sha256: string };
  /** Remote transcription (`FABULA_LLM_URL`), if configured; the key is not part of the artifact key. */
  readonly transcription?: { readonly url: string; readonly key?: string; readonly model: string };
  /** Pulled models by what they do, each in place of the bundled one; a stage lists in its settings those it uses. */
  readonly pulled?: PulledModels;
}

/** What a stage is given to work with. */
export interface StageContext {
  readonly film: FilmFile;
  readonly settings: AnalysisSettings;
  /** Models in a child process; started when first called. */
  readonly models: ModelHost;
  /** Where pictures go; named by content hash. */
  readonly pictures: Pictures;
  /** Where pulled models lie. */
  readonly modelsFolder: string;
  readonly signal: AbortSignal;
  /** Share of this stage that is done, 0…1. */
  readonly progress: (share: number) => void;
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
}

/**
 * One stage of the pipeline. Its result is kept under a key of (media hash, name, version, settings, the keys of what
 * it read), so a stage must depend on nothing else; raise `version` whenever the same inputs give another answer.
 */
export interface Stage<Name extends StageName = StageName, Needs extends StageName = StageName> {
  readonly name: Name;
  readonly version: string;
  readonly needs: readonly Needs[];
  /** The part of the settings that this stage reads; must be serialisable. */
  readonly settings: (settings: AnalysisSettings) => unknown;
  readonly run: (context: StageContext, read: Pick<Findings, Needs>) => Promise<Findings[Name]>;
}

/** Ties a stage's name to what it reads and finds; the identity function otherwise. */
export const defineStage = <Name extends StageName, Needs extends StageName>(stage: Stage<Name, Needs>) => stage;
