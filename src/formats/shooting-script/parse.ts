/** Reads a refined shooting script (SkyScript-100M, Table 1) into a draft whose nodes carry their pieces of text. */
import type { ReportItem } from '../format.js';
import type { ParsedScript } from '../script/apply-details.js';
import { readForcedHeading } from '../script/heading.js';
import { introductionsIn } from '../script/introductions.js';
import { ScriptAssembler } from '../script/script-assembler.js';
import type { DraftElement } from '../script/script-draft.js';
import { readShotSize } from '../script/shot-size.js';
import { readSpeaker } from '../speaker.js';
import { speakerOf } from '../speaker-tag.js';
import { type LabelledLine, readLabelledLines } from './lines.js';
import { type OpenShot, subjectsIn, tellOfShot } from './shot-lines.js';

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
    const problem = tellOfShot(shot, line, this.#isPerson);
    if (problem !== undefined)
      this.#report.push({ what: 'CHANGED', line: line.line, reason: `${problem} It is kept as it stands.` });
    if (shot.elements.length === 0) this.#script.extend(line.end);
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
