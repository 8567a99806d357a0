/** What labelled lines say of the shot that they stand in: its camera, how long it lasts, who and what is where. */
import type { CameraMovement } from '../../../schema/enums.js';
import type { DraftAppearance, DraftObject, DraftShot } from '../script/script-draft.js';
import { readCameraAngle, readShotSize } from '../script/shot-size.js';
import { readTransition } from '../script/transitions.js';
import { readSpeaker } from '../speaker.js';
import type { LabelledLine } from './lines.js';

export type OpenShot = { -readonly [Field in keyof DraftShot]: DraftShot[Field] };

/** Puts into a shot what a line says of it; gives a sentence where that cannot be understood. */
export function tellOfShot(
  shot: OpenShot,
  { label, subject, value }: LabelledLine,
  isPerson: (name: string) => boolean,
): string | undefined {
  switch (label) {
    case 'CAMERA POSITION':
      shot.cameraPosition = value || undefined;
      return undefined;
    case 'FOCUS':
      shot.focus = value || undefined;
      return undefined;
    case 'ACTION':
      shot.action = value || undefined;
      return undefined;
    case 'HIGHLIGHT SCORE': {
      const score = Number(/^-?[\d.]+/.exec(value)?.[0]);
      if (!(score >= 0 && score <= 10)) return `A highlight score is 0 to 10, not “${value}”.`;
      shot.highlightScore = score;
      return undefined;
    }
    case 'TIME': {
      const lastsMs = readDuration(value);
      if (lastsMs === undefined) return `“${value}” is no time that a shot lasts.`;
      shot.lastsMs = lastsMs;
      return undefined;
    }
    case 'SHOT SIZE':
      shot.shotSize = readShotSize(value).shotSize ?? shot.shotSize;
      return readShotSize(value).shotSize ? undefined : `“${value}” is no known shot size.`;
    case 'CAMERA ANGLE':
      shot.cameraAngle = readCameraAngle(value) ?? shot.cameraAngle;
      return readCameraAngle(value) ? undefined : `“${value}” is no known camera angle.`;
    case 'CAMERA MOVEMENT':
      shot.cameraMovement = readMovement(value) ?? shot.cameraMovement;
      return readMovement(value) ? undefined : `“${value}” is no known camera movement.`;
    case 'TRANSITION':
      shot.transition = readTransition(value);
      return undefined;
    case 'MAIN SUBJECT':
      shot.subjects = subjectsIn(value);
      return undefined;
    case 'LOCATION':
      return tellPlace(shot, subject, value, isPerson);
    default:
      return undefined;
  }
}

function tellPlace(
  shot: OpenShot,
  name: string,
  value: string,
  isPerson: (name: string) => boolean,
): string | undefined {
  const [x, y, z] = [...value.matchAll(/-?\d+(?:\.\d+)?/g)].map(([number]) => Number(number));
  if (x === undefined || y === undefined || z === undefined) return `“${value}” is no place in three numbers.`;
  const positionCm = { x, y, z };
  if (isPerson(name)) {
    const seen: DraftAppearance = { person: name, positionCm };
    shot.appearances = [...(shot.appearances ?? []), seen];
  } else {
    const object: DraftObject = { name, positionCm };
    shot.objects = [...(shot.objects ?? []), object];
  }
  return undefined;
}

/** `(Emma, Jack)` */
export const subjectsIn = (value: string): string[] =>
  value
    .replace(/^[(（\s]+|[)）\s]+$/g, '')
    .split(/\s*[,，、;&]\s*|\s+and\s+/)
    .filter((name) => readSpeaker(name) !== undefined);

/** `4 seconds`, `4.5 s`, `1:20`, `2 min`, `2分钟`. */
function readDuration(value: string): number | undefined {
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{2}(?:\.\d+)?)/.exec(value);
  if (clock)
    return Math.round(((Number(clock[1] ?? 0) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1000) || undefined;
  const [, amount, unit = 's'] =
    /^(\d+(?:\.\d+)?)\s*([秒分]|(?:ms|milliseconds?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)?\b)/iu.exec(value) ?? [];
  if (amount === undefined) return undefined;
  const factor = /^(?:ms|milli)/i.test(unit) ? 1 : /^(?:m|分)/i.test(unit) ? 60_000 : 1000;
  return Math.round(Number(amount) * factor) || undefined;
}

const movements: readonly (readonly [CameraMovement, RegExp])[] = [
  ['STATIC', /static|stationary|fixed|locked/i],
  ['HANDHELD', /hand[- ]?held|shaky/i],
  ['ZOOM', /zoom/i],
  ['TILT', /tilt/i],
  ['PAN', /\bpan/i],
  ['DOLLY', /dolly|track|push|pull|crane/i],
];

const readMovement = (value: string): CameraMovement | undefined =>
  movements.find(([, pattern]) => pattern.test(value))?.[0];
