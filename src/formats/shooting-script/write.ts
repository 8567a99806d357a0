/** Writes what a draft says line by line as Table 1 of SkyScript-100M does, and dialogue, which it leaves out, likewise. */
import { writeHeading } from '../script/heading.js';
import { cueOf, describedAs, paragraphsOf } from '../script/paragraphs.js';
import type { Frame } from '../script/piece.js';
import type { DraftElement, DraftScene, DraftShot, ScriptDraft } from '../script/script-draft.js';
import type { Around, Fresh } from '../script/script-form.js';
import { writeCameraAngle, writeShotSize } from '../script/shot-size.js';
import { writeTransition } from '../script/transitions.js';

export const writeTitle = ({ title }: ScriptDraft): string =>
  title === undefined || title.trim() === '' ? '' : `TITLE: ${oneLine(title)}\n\n`;

export function retitle({ head, ...frame }: Frame, from: string | undefined, to: string): Frame | undefined {
  const line = /^[^\S\r\n]*(?:\*{0,2})TITLE(?:\*{0,2})\s*[:：][^\r\n]*/im;
  return from === undefined || !line.test(head)
    ? undefined
    : { ...frame, head: head.replace(line, () => `TITLE: ${oneLine(to)}`) };
}

export function writeScene(scene: DraftScene, n: number): string {
  const number = /^\d+[A-Z]?$/.test(scene.number ?? '') ? scene.number : String(n + 1);
  const described = describedAs(scene);
  const description = described === undefined ? [] : ['DESCRIPTION:', unlabelled(described)];
  return [`SCENE ${number} ${unhidden(writeHeading(scene, `PLACE ${n + 1}`))}`, ...description].join('\n');
}

export function writeShot(shot: DraftShot, _m: number, _scene: DraftScene, number: number): string {
  const { shotSize, cameraPosition, focus, action, highlightScore, cameraAngle, cameraMovement, subjects } = shot;
  const lastsMs =
    shot.lastsMs ?? (shot.startMs === undefined || shot.endMs === undefined ? undefined : shot.endMs - shot.startMs);
  const transition = writeTransition(shot.transition);
  const size = shotSize === undefined ? undefined : writeShotSize(shotSize);
  const located = [
    ...(shot.appearances ?? []).map(({ person, positionCm }) => ({ name: person, positionCm })),
    ...(shot.objects ?? []).map(({ name, positionCm }) => ({ name, positionCm })),
  ];
  const line = (label: string, value: string | undefined) =>
    value === undefined || value.trim() === '' ? [] : [`${label}: ${value}`];
  const text = (label: string, value: string | undefined) =>
    line(label, value === undefined ? undefined : unlabelled(value));
  return [
    `SHOT ${number}:${size === undefined ? '' : ` ${size}`}`,
    ...text('CAMERA POSITION', cameraPosition),
    ...text('FOCUS', focus),
    ...text('ACTION', action),
    ...line('Highlight Score', highlightScore === undefined ? undefined : decimal(highlightScore)),
    ...located.flatMap(({ name, positionCm }) =>
      positionCm === undefined
        ? []
        : [
            `3D Location of "${oneLine(name).replaceAll(/["“”:：]/g, '')}": (${positionCm.x},${positionCm.y},${positionCm.z})`,
          ],
    ),
    ...line('Camera Detail-Time', lastsMs === undefined ? undefined : `${lastsMs / 1000} seconds`),
    ...line('Camera Detail-Shot Size', size),
    ...line('Camera Detail-Camera Angle', cameraAngle === undefined ? undefined : writeCameraAngle(cameraAngle)),
    ...line(
      'Camera Detail-Camera Movement',
      cameraMovement === undefined ? undefined : `${cameraMovement.charAt(0)}${cameraMovement.slice(1).toLowerCase()}`,
    ),
    ...line('Camera Detail-Transition', transition),
    ...line(
      'Camera Detail-Main Subject',
      subjects && subjects.length > 0
        ? `(${subjects.map((name) => oneLine(name).replaceAll(/[,;&()]/g, ' ')).join(', ')})`
        : undefined,
    ),
    // What a shot shows is read as an event where it has none.
    ...(action !== undefined && shot.elements.length === 0 ? ['Event Number: none'] : []),
  ].join('\n');
}

const decimal = (score: number): string => (Number.isInteger(score) ? score.toFixed(1) : String(score));

export function writeElement(element: DraftElement, { number }: Around): Fresh {
  const written = paragraphsOf(element).map((one) => {
    if (one.kind === 'action')
      return `Event Number: ${String(number).padStart(3, '0')}\nEvent: ${unlabelled(one.text)}`;
    const manner = one.manner === undefined ? '' : ` (${oneLine(one.manner).replaceAll(/[()（）]/g, ' ')})`;
    return `DIALOGUE: ${oneLine(cueOf(one.speaker))}${manner}: ${unlabelled(one.text)}`;
  });
  return { text: written.join('\n'), parts: written.length };
}

export const writeNote = (lines: readonly string[]): string => `[[fabula: ${lines.join('\n')}]]`;

export const withoutNotes = (text: string): string => text.replaceAll(/\[\[\s*fabula:[\s\S]*?\]\](?:\r?\n){0,2}/g, '');

const oneLine = (text: string) => text.replaceAll(/\s+/gu, ' ').trim();

const unhidden = (text: string) => text.replaceAll(/\[(?=\[)|\](?=\])/g, '$& ');

/** On as many lines, none of them empty, and none that would be read as a label. */
const unlabelled = (text: string) =>
  unhidden(text)
    .split(/\r\n|\r|\n/)
    .map(oneLine)
    .filter((line) => line !== '')
    .map((line, n) => (n > 0 && /^\W*[\w\s]*(?:[-–:："“(]|\d)/.test(line) ? `… ${line}` : line))
    .join('\n') || '…';
