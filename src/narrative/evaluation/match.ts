/** Two events, or two scenes, that are one, by index; and how alike each field is, in millionths. */
export interface Match {
  readonly predicted: number;
  readonly reference: number;
  /** No number where neither has the field. */
  readonly similarity: readonly (number | undefined)[];
}
