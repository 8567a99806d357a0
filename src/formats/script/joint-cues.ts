/** Cues of several who speak as one: `MARA & TOMAS`. */
import { readSpeaker } from '../speaker.js';

/** Between plain spaces only: a no-break space keeps together what is one name. */
const joint = / +(?:&|\+|and|et|und|y|和|与|與) +/i;

/** A part of a name, and not somebody: `MR. & MRS. SMITH`. */
const isTitle = (name: string) => /^(?:mr|mrs|ms|miss|dr|prof|sir|lady|m|mme|herr|frau)\.?$/i.test(name.trim());

/**
 * Who speaks where a cue names several of whom one at least speaks alone, too: only then is it not the name of one
 * (`SALT & PEPPER`). A voice that is told of all (`MARA & TOMAS (V.O.)`) is told of each. Undefined for any other cue.
 */
export function jointSpeakers(tag: string, speaksAlone: (key: string) => boolean): string[] | undefined {
  const [, names = '', voice = ''] = /^(.*?)((?:\s*\([^()]*\))*)\s*$/su.exec(tag) ?? [];
  const parts = names.split(joint);
  if (parts.length < 2 || parts.some((part) => isTitle(part))) return undefined;
  const speakers = parts.map((part) => readSpeaker(part)?.key);
  if (speakers.includes(undefined) || new Set(speakers).size < parts.length) return undefined;
  if (!speakers.some((key) => key !== undefined && speaksAlone(key))) return undefined;
  return parts.map((part) => `${part.trim()}${voice}`);
}

export const isJoint = (tag: string): boolean => joint.test(tag);

/** The name of one so that it is not read as several. */
export const asOne = (name: string): string =>
  name.replaceAll(new RegExp(joint, 'gi'), (between) => between.replaceAll(' ', '\u00A0'));
