/** Reads a refined shooting script (SkyScript-100M, Table 1) into a draft whose nodes carry their pieces of text. */
import type { CameraMovement } from '../../../schema/enums.js';
import type { ReportItem } from '../format.js';
import type { ParsedScript } from '../script/apply-details.js';
import { readForcedHeading } from '../script/heading.js';
import { introductionsIn } from '../script/introductions.js';
import { ScriptAssembler } from '../script/script-assembler.js';
import type { DraftAppearance, DraftElement, DraftObject, DraftShot } from '../script/script-draft.js';
import { readCameraAngle, readShotSize } from '../script/shot-size.js';
import { readTransition } from '../script/transitions.js';
import { readSpeaker } from '../speaker.js';
import { speakerOf } from '../speaker-tag.js';
import { type LabelledLine, readLabelledLines } from './lines.js';

type OpenShot = { -readonly [Field in keyof DraftShot]: DraftShot[Field] };

export function parseShootingScript(text: string): ParsedScript {
  const lines = readLabelledLines(text);
  const reader = new ShootingScriptReader(peopleIn(lines));
  for (const line of lines) reader.take(line);
  return reader.finish(text);
}

/** Everybody who is a main subject, speaks, or is introduced with an age: whoever else has a place is a thing. */
function peopleIn(lines: readonly LabelledLine[]): (name: string) => boolean {
  const keys = new Set<string>();
  const add = (name: string) => keys.add(readSpeaker(name)?.key ?? '');
  for (const { label, value } of lines) {
    if (label === 'MAIN SUBJECT') for (const name of subjectsIn(value)) add(name);
    if (label === 'DIALOGUE') add(spokenIn(value)?.person ?? '');
    for (const { tag } of introductionsIn(value)) add(tag);
  }
  return (name) => keys.has(readSpeaker(name)?.key ?? '');
}

class ShootingScriptReader {
  readonly #script = new ScriptAssembler('shooting-script', true);
  readonly #report: ReportItem[] = [];
  readonly #isPerson: (name: string) => boolean;
  #title: string | undefined;
  #scenes = 0;
  /** The shot that says of itself that it has no event. */
  #eventless: object | undefined;
  /** An event's number stands above what it tells. */
  #numbered: LabelledLine | undefined;

  constructor(isPerson: (name: string) => boolean) {
    this.#isPerson = isPerson;
  }

  take(line: LabelledLine): void {
    const numbered = this.#numbered;
    this.#numbered = undefined;
    const script = this.#script;
    switch (line.label) {
      case 'TITLE':
        if (this.#scenes === 0 && this.#title === undefined) this.#title = line.value || undefined;
        break;
      case 'SCENE': {
        this.#implyEvent();
        this.#scenes++;
        const { number: _, ...heading } = readForcedHeading(line.value);
        const number = line.subject === String(this.#scenes) ? undefined : line.subject;
        script.scene(line, { ...heading, number });
        break;
      }
      case 'DESCRIPTION':
        if (script.headed && script.headed.description === undefined && line.value !== '')
          script.describe({ description: line.value }, line.end);
        else if (line.value !== '') script.element(line, { type: 'ACTION', action: line.value });
        break;
      case 'SHOT': {
        this.#implyEvent();
        const { shotSize, rest } = readShotSize(line.value);
        const focus = rest.replace(/^[-–—:,.]+\s*/, '');
        script.shot(line, { ...(shotSize && { shotSize }), ...(focus !== '' && { focus }) });
        break;
      }
      case 'DIALOGUE':
        script.element(line, spokenIn(line.value) ?? { type: 'LINE', dialogue: line.value });
        break;
      case 'SOUND':
        script.element(line, { type: 'ACTION', audioCue: line.value });
        break;
      case 'EVENT NUMBER':
        if (/^none$/i.test(line.value)) {
          this.#eventless = script.openShot;
          script.extend(line.end);
        } else this.#numbered = line;
        break;
      case 'EVENT':
        script.element({ start: numbered?.start ?? line.start, end: line.end }, { type: 'ACTION', action: line.value });
        break;
      case 'NOTE':
        this.#details(line);
        break;
      case 'TEXT':
        this.#text(line);
        break;
      default:
        this.#shotLine(line);
    }
  }

  finish(text: string): ParsedScript {
    this.#implyEvent();
    const { scenes, details, foreign } = this.#script.finish(text, text.length);
    return { draft: { title: this.#title, scenes, foreign }, details, report: this.#report };
  }

  /** What a line says of the shot that it stands in. */
  #shotLine(line: LabelledLine): void {
    if (!this.#script.openShot) this.#script.shot({ start: line.start, end: line.start }, {});
    const shot = this.#script.openShot as OpenShot | undefined;
    if (!shot) return;
    const problem = this.#tell(shot, line);
    if (problem !== undefined)
      this.#report.push({ what: 'CHANGED', line: line.line, reason: `${problem} It is kept as it stands.` });
    if (shot.elements.length === 0) this.#script.extend(line.end);
  }

  /** Puts into the shot what the line says; a sentence where that cannot be understood. */
  #tell(shot: OpenShot, { label, subject, value }: LabelledLine): string | undefined {
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
        return this.#place(shot, subject, value);
      default:
        return undefined;
    }
  }

  #place(shot: OpenShot, name: string, value: string): string | undefined {
    const [x, y, z] = [...value.matchAll(/-?\d+(?:\.\d+)?/g)].map(([number]) => Number(number));
    if (x === undefined || y === undefined || z === undefined) return `“${value}” is no place in three numbers.`;
    const positionCm = { x, y, z };
    if (this.#isPerson(name)) {
      const seen: DraftAppearance = { person: name, positionCm };
      shot.appearances = [...(shot.appearances ?? []), seen];
    } else {
      const object: DraftObject = { name, positionCm };
      shot.objects = [...(shot.objects ?? []), object];
    }
    return undefined;
  }

  #text(line: LabelledLine): void {
    const { speakerTag, text } = speakerOf(line.value);
    // In brackets stand details of any sort, in any words.
    if (this.#scenes === 0 || /^[(（].*[)）]$/s.test(line.value)) this.#script.other();
    else if (speakerTag !== undefined && text !== '')
      this.#script.element(line, { type: 'LINE', person: speakerTag, dialogue: unquoted(text) });
    else this.#script.element(line, { type: 'ACTION', action: line.value });
  }

  #details({ value, start, line }: LabelledLine): void {
    const inner = /\[\[\s*fabula:\s?([\s\S]*?)\]\]/.exec(value)?.[1] ?? '';
    for (const [n, detail] of inner.split('\n').entries())
      if (detail.trim() !== '') this.#script.detail(start, line + n, detail.trim());
    this.#script.other();
  }

  /** What a shot shows is an event, too, where the script tells of none. */
  #implyEvent(): void {
    const shot = this.#script.openShot;
    if (shot && shot !== this.#eventless && shot.elements.length === 0 && shot.action !== undefined)
      this.#script.implied({ type: 'ACTION', action: shot.action });
  }
}

/** `EMMA (V.O.) (softly): Here.` */
function spokenIn(value: string): (DraftElement & { readonly person: string }) | undefined {
  const [, name = '', voice = '', manner, said = ''] =
    /^([^:：()（）"“]{1,60}?)\s*((?:[(（](?:V\.?O\.?|O\.?S\.?|O\.?C\.?|[A-Z. ]{1,20})[)）]\s*)?)(?:[(（]([^()（）]*)[)）]\s*)?[:：]\s*(.*)$/s.exec(
      value,
    ) ?? [];
  if (!readSpeaker(name) || said === '') return undefined;
  return {
    type: 'LINE',
    person: `${name}${voice === '' ? '' : ` ${voice.trim()}`}`,
    dialogue: unquoted(said),
    ...(manner !== undefined && { expression: manner }),
  };
}

const unquoted = (text: string): string => /^["“]([^"“”]*)["”]$/s.exec(text.trim())?.[1] ?? text;

/** `(Emma, Jack)` */
const subjectsIn = (value: string): string[] =>
  value
    .replace(/^[(（\s]+|[)）\s]+$/g, '')
    .split(/\s*[,，、;&]\s*|\s+and\s+/)
    .filter((name) => readSpeaker(name) !== undefined);

/** `4 seconds`, `4.5 s`, `1:20`, `2 min`. */
function readDuration(value: string): number | undefined {
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{2}(?:\.\d+)?)/.exec(value);
  if (clock)
    return Math.round(((Number(clock[1] ?? 0) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1000) || undefined;
  const [, amount, unit = 's'] =
    /^(\d+(?:\.\d+)?)\s*(ms|milliseconds?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?|秒|分)?\b/iu.exec(value) ?? [];
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
