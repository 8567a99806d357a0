/** What the stages find of people: faces through shots, things and figures, and who is who. As `findings.ts`. */
import type { Box } from '../schema/box.js';
import type { FieldProvenance } from '../schema/provenance.js';
import type { Finding, Grounds } from './findings.js';
import type { FacePoints } from './models/host.js';

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
