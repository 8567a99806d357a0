/** Writes what a draft says as paragraphs of Final Draft. */
import { escapeMarkup } from '../plain-text.js';
import { writeHeading } from '../script/heading.js';
import { cueOf, describedAs, paragraphsOf } from '../script/paragraphs.js';
import type { Frame } from '../script/piece.js';
import type { DraftElement, DraftScene, DraftShot, ScriptDraft } from '../script/script-draft.js';
import type { Around, Fresh } from '../script/script-form.js';
import { writeShotSize } from '../script/shot-size.js';
import { writeTransition } from '../script/transitions.js';

export const separator = '\n    ';

export const writeHead = (): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<FinalDraft DocumentType="Script" Template="No" Version="1">\n  <Content>${separator}`;

export function writeTail({ title }: ScriptDraft): string {
  const page =
    title === undefined
      ? ''
      : `  <TitlePage>\n    <Content>${separator}  ${paragraph('', title, ' Alignment="Center"')}\n    </Content>\n  </TitlePage>\n`;
  return `\n  </Content>\n${page}</FinalDraft>\n`;
}

/** The title page with another title in its place. */
export function retitle({ head, tail = '' }: Frame, from: string | undefined, to: string): Frame | undefined {
  const page = tail.indexOf('<TitlePage');
  const old = from === undefined || page < 0 ? -1 : tail.indexOf(`>${xml(from)}</Text>`, page);
  if (from === undefined || old < 0) return undefined;
  return { head, tail: `${tail.slice(0, old)}>${xml(to)}${tail.slice(old + 1 + xml(from).length)}` };
}

export function writeScene(scene: DraftScene, n: number, opening: DraftShot | undefined): string {
  const transition = writeTransition(opening?.transition);
  const number = scene.number === undefined ? '' : ` Number="${xml(scene.number).replaceAll('"', '&quot;')}"`;
  const described = describedAs(scene);
  const summary =
    described === undefined
      ? ''
      : `\n      <SceneProperties><Summary>${described
          .split('\n')
          .map((line) => paragraph('', line))
          .join('')}</Summary></SceneProperties>`;
  return [
    ...(transition === undefined ? [] : [paragraph('Transition', transition)]),
    paragraph('Scene Heading', writeHeading(scene, `SCENE ${n + 1}`), number, summary),
  ].join(separator);
}

/** Nothing for a scene's first shot of which nothing is known, unless another one follows it at once. */
export function writeShot({ shotSize, focus, elements }: DraftShot, m: number, { shots }: DraftScene): string {
  const isPlain = shotSize === undefined && focus === undefined;
  if (m === 0 && isPlain && (elements.length > 0 || shots.length === 1)) return '';
  const size = shotSize === undefined ? undefined : writeShotSize(shotSize);
  const label = [size, focus?.trim()].filter(Boolean).join(' - ');
  return paragraph('Shot', label || 'NEW SHOT');
}

export function writeElement(element: DraftElement, { before, after, inPlace }: Around): Fresh {
  const isSecond = !inPlace && element.simultaneous === true && before?.type === 'LINE' && !before.simultaneous;
  const isFirst = !inPlace && element.type === 'LINE' && !element.simultaneous && after?.simultaneous === true;
  const written = paragraphsOf(element, before).map((one) => {
    if (one.kind === 'action') return paragraph('Action', one.text.trim() || '…');
    return [
      paragraph('Character', cueOf(one.speaker)),
      ...(one.manner === undefined ? [] : [paragraph('Parenthetical', `(${one.manner})`)]),
      paragraph('Dialogue', one.text.trim() || '…'),
    ].join(separator);
  });
  const text = written.join(separator);
  if (written.length > 1) return { text, parts: written.length };
  return {
    text: `${isFirst ? `<Paragraph><DualDialogue>${separator}` : ''}${text}${isSecond ? `${separator}</DualDialogue></Paragraph>` : ''}`,
  };
}

/** An empty paragraph that bears a note, which Final Draft shows in its margin and does not print. */
export const writeNote = (lines: readonly string[]): string =>
  `<Paragraph Type="General">\n      <ScriptNote Type="Fabula">${['fabula:', ...lines].map((line) => `\n        ${paragraph('', line)}`).join('')}\n      </ScriptNote>\n      <Text></Text>\n    </Paragraph>`;

/** Notes of ours, with the paragraph that bears them. */
export const withoutNotes = (text: string): string =>
  text.replaceAll(
    /<Paragraph\b[^>]*>\s*<ScriptNote\b[^>]*>\s*<Paragraph\b[^>]*>\s*<Text\b[^>]*>\s*fabula:[\s\S]*?<\/ScriptNote>\s*(?:<Text[^>]*>[^<]*<\/Text>\s*|<Text[^>]*\/>\s*)*<\/Paragraph>\s*/g,
    '',
  );

function paragraph(type: string, text: string, attributes = '', before = ''): string {
  const inner = `<Text>${xml(text)}</Text>`;
  return type === ''
    ? `<Paragraph${attributes}>${inner}</Paragraph>`
    : `<Paragraph${attributes} Type="${type}">${before}\n      ${inner}\n    </Paragraph>`;
}

/** Text as XML holds it; characters that XML cannot hold are left out. */
export const xml = (text: string): string =>
  escapeMarkup(text.replaceAll(/[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu, ''));
