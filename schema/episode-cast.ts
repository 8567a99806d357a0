/** Who is who in one episode once people's merges, splits and names hold: what a store works out, and derivation takes. */
export interface EpisodeCast {
  /** Every person of the effective narrative. */
  readonly persons: readonly CastPerson[];
  /** Appearance or event → the person whose it is now, where that is not where its own person went. */
  readonly moments: Readonly<Record<string, string>>;
  /** RENAME edit → the persons that it names. */
  readonly renamed: Readonly<Record<string, readonly string[]>>;
  /** CORRECT edit of a person → the person of the analysis, or made of parts, whom it is about. */
  readonly corrected: Readonly<Record<string, string>>;
}

export interface CastPerson {
  readonly id: string;
  readonly characterId: string;
  /** The persons of the analysis that this one is as a whole, the leading one first. */
  readonly wholes: readonly string[];
  /** The persons of the analysis from whom moments were taken for it. */
  readonly parts: readonly string[];
  /** Who merged or split it last. */
  readonly author?: string;
}
