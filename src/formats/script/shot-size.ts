/** Shot sizes and camera angles as people write them: `Close-Up`, `ECU`, `Wide shot`, `特写`; `Eye Level`. */
import type { CameraAngle, ShotSize } from '../../../schema/enums.js';

/** In this order: what contains another comes first. */
const sizes: readonly (readonly [ShotSize, RegExp])[] = [
  [
    'EXTREME_CLOSE_UP',
    /^(?:extreme close[- ]?ups?|extreme close shot|x?ecu|xcu|大特写|大特寫|très gros plan)(?![\p{L}\p{N}])/iu,
  ],
  [
    'EXTREME_WIDE',
    /^(?:extreme (?:wide|long)(?: shot)?|very (?:wide|long) shot|establishing(?: shot)?|ews|xws|els|xls|vws|大远景|大遠景|远景|遠景|plan général)(?![\p{L}\p{N}])/iu,
  ],
  [
    'CLOSE_UP',
    /^(?:(?:medium |tight )?close[- ]?ups?|(?:tight )?close shot|close(?= on\b|$)|tight(?= on\b|$)|mcu|cu|特写|特寫|近景|gros plan)(?![\p{L}\p{N}])/iu,
  ],
  ['FULL', /^(?:full(?: body)?(?: shot)?|fs|全景|plan pied|plan moyen)(?![\p{L}\p{N}])/iu],
  [
    'MEDIUM',
    /^(?:medium(?: (?:shot|wide|wide shot|long shot))?|mid[- ]?shot|mid|cowboy shot|two[- ]shot|ms|mws|中景|中近景|plan américain|plan rapproché)(?![\p{L}\p{N}])/iu,
  ],
  ['WIDE', /^(?:wide(?: angle)?(?: shot)?|long shot|ws|ls|plan large|plan d[’']ensemble)(?![\p{L}\p{N}])/iu],
];

const sizeNames = {
  EXTREME_WIDE: 'EXTREME WIDE SHOT',
  WIDE: 'WIDE SHOT',
  FULL: 'FULL SHOT',
  MEDIUM: 'MEDIUM SHOT',
  CLOSE_UP: 'CLOSE-UP',
  EXTREME_CLOSE_UP: 'EXTREME CLOSE-UP',
} as const satisfies Record<ShotSize, string>;

/** The size that a text begins with, and what it says behind that. */
export function readShotSize(text: string): { readonly shotSize?: ShotSize; readonly rest: string } {
  const trimmed = text.trim();
  for (const [shotSize, pattern] of sizes) {
    const found = pattern.exec(trimmed);
    if (found) return { shotSize, rest: trimmed.slice(found[0].length).trim() };
  }
  return { rest: trimmed };
}

export const writeShotSize = (size: ShotSize): string => sizeNames[size];

const angles: readonly (readonly [CameraAngle, RegExp])[] = [
  ['OVERHEAD', /^(?:over ?head|bird'?s[- ]eye|top[- ](?:down|shot)|俯拍|顶拍)/iu],
  ['EYE_LEVEL', /^(?:eye[- ]level|neutral|straight[- ]on|平视|平視|平拍)/iu],
  ['HIGH', /^(?:high|俯视|俯視)/iu],
  ['LOW', /^(?:low|worm|仰视|仰視|仰拍)/iu],
  ['DUTCH', /^(?:dutch|canted|tilted|oblique|斜)/iu],
];

export const readCameraAngle = (text: string): CameraAngle | undefined =>
  angles.find(([, pattern]) => pattern.test(text.trim()))?.[0];

export const writeCameraAngle = (angle: CameraAngle): string =>
  ({ EYE_LEVEL: 'Eye Level', HIGH: 'High Angle', LOW: 'Low Angle', OVERHEAD: 'Overhead', DUTCH: 'Dutch Angle' })[angle];
