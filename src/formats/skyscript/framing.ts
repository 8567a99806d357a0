/** `Shot Type`: how large somebody or something is in the picture; people and models put there, too, whether it is in front. */
import type { ShotSize } from '../../../schema/enums.js';
import type { Fitting, JsonObject, Steps } from '../json-script/fitting.js';
import { memberOf } from '../json-script/keys.js';
import { readShotSize } from '../script/shot-size.js';

const sizeNames = {
  EXTREME_WIDE: 'Extreme Wide Shot',
  WIDE: 'Wide Shot',
  FULL: 'Full Shot',
  MEDIUM: 'Medium Shot',
  CLOSE_UP: 'Close-Up',
  EXTREME_CLOSE_UP: 'Extreme Close-Up',
} as const satisfies Record<ShotSize, string>;

export const sayFraming = (foreground: boolean | undefined, size: ShotSize | undefined): string | undefined =>
  foreground === undefined ? size && sizeNames[size] : foreground ? 'Foreground' : 'Background';

export function readFraming(entry: JsonObject, steps: Steps, fitting: Fitting) {
  const { key, value } = memberOf(entry, 'Shot Type');
  const text = fitting.take('text', value, [...steps, key])?.trim();
  if (text === undefined) return {};
  if (/^(?:fore|back)ground$/i.test(text)) {
    const foreground = /^fore/i.test(text);
    fitting.tell([...steps, key], `“${text}” is where it stands, not the size of the shot, and was read as that.`);
    return { foreground };
  }
  const { shotSize, rest } = readShotSize(text);
  if (!shotSize || rest !== '') fitting.unread([...steps, key], `“${text}” is no known shot size.`);
  else if (text !== sizeNames[shotSize]) fitting.tell([...steps, key], `“${text}” was read as ${sizeNames[shotSize]}.`);
  return shotSize && rest === '' ? { shotSize } : {};
}

/** The size that most of the people have, else most of the objects; of equal ones the first. */
export function commonSize(groups: readonly (readonly (ShotSize | undefined)[])[]): ShotSize | undefined {
  const sizes =
    groups.map((group) => group.filter((size) => size !== undefined)).find((group) => group.length > 0) ?? [];
  const count = (size: ShotSize) => sizes.filter((other) => other === size).length;
  return sizes.reduce<ShotSize | undefined>(
    (best, size) => (best && count(best) >= count(size) ? best : size),
    undefined,
  );
}
