/** Writes what a draft says in Fountain, with marks that force an element where its text alone would not make it one. */

import { writeHeading } from '../script/heading.js';
import { cueOf, describedAs, paragraphsOf } from '../script/paragraphs.js';
import type { Frame } from '../script/piece.js';
import type { DraftElement, DraftScene, DraftShot, ScriptDraft } from '../script/script-draft.js';
import type { Around, Fresh } from '../script/script-form.js';
import { writeTransition } from '../script/transitions.js';
import { readBlocks } from './blocks.js';
import { escaped } from './emphasis.js';
import { readLines } from './lines.js';
import { isTitleKey, readTitlePage } from './title-page.js';

export const writeTitlePage = ({ title }: ScriptDraft): string =>
  title === undefined || title.trim() === '' ? '' : `Title: ${oneLine(title)}\n\n`;

/** The title page with another title in its place. */
export function retitle({ head, ...frame }: Frame, from: string | undefined, to: string): Frame | undefined {
  const page = readTitlePage(head.split(/\r\n|\n|\r/));
  if (from === undefined || !page) return undefined;
  const entry = /^([^\s:：][^:：\n]*[:：])(?:[^\n]*)(?:\r?\n[ \t]+\S[^\n]*?)*(?=\r?\n|$)/u;
  let rest = head;
  let before = '';
  for (let found = entry.exec(rest); found; found = entry.exec(rest)) {
    const [whole, key = ''] = found;
    if (isTitleKey(key.slice(0, -1)))
      return { ...frame, head: `${before}${key} ${oneLine(to)}${rest.slice(whole.length)}` };
    const line = rest.slice(whole.length).match(/^\r?\n/)?.[0].length ?? 0;
    before += rest.slice(0, whole.length + line);
    rest = rest.slice(whole.length + line);
    if (line === 0) break;
  }
  return undefined;
}

export function writeScene(scene: DraftScene, n: number, opening: DraftShot | undefined): string {
  const transition = writeTransition(opening?.transition);
  const fallback = `SCENE ${n + 1}`;
  const plain = unhidden(escaped(writeHeading(scene, fallback).replaceAll('#', '')));
  const heading = [plain, `.${plain}`].find((line) => kindOf(line) === 'heading') ?? `.${fallback}`;
  const number = scene.number === undefined || /[#\s]/.test(scene.number) ? '' : ` #${scene.number}#`;
  const described = describedAs(scene);
  const synopsis = described === undefined ? '' : `\n\n= ${unhidden(escaped(oneLine(described)))}`;
  return `${transition === undefined ? '' : `${transition}\n\n`}${heading}${number}${synopsis}`;
}

export function writeElement(element: DraftElement, { before }: Around): Fresh {
  const paragraphs = paragraphsOf(element, before).map((paragraph) => {
    if (paragraph.kind === 'action') return writeAction(paragraph.text);
    const isDual = element.simultaneous && before?.type === 'LINE';
    return writeDialogue(paragraph.speaker, paragraph.manner, paragraph.text, isDual === true);
  });
  return { text: paragraphs.join('\n\n'), parts: paragraphs.length };
}

function writeAction(text: string): string {
  const lines = unhidden(escaped(lineByLine(text)))
    .split('\n')
    .map((line) => (isMarked(line) ? `!${line}` : line));
  const whole = lines.join('\n');
  const isAction =
    readBlocks(readLines(`${whole}\n`).lines)
      .map(({ kind }) => kind)
      .join() === 'action';
  return isAction ? whole : `!${whole}`;
}

function writeDialogue(speaker: string, manner: string | undefined, text: string, isDual: boolean): string {
  const cue = unhidden(escaped(cueOf(speaker)));
  const manners = manner === undefined ? '' : `(${unhidden(escaped(oneLine(manner)))})\n`;
  const said = unhidden(escaped(lineByLine(text)));
  const body = `${manners}${said}`;
  const read = readBlocks(readLines(`${cue}\n${body}\n`).lines);
  const isCue = read.length === 1 && read[0]?.kind === 'dialogue';
  return `${isCue ? '' : '@'}${cue}${isDual ? ' ^' : ''}\n${body}`;
}

export const writeNote = (lines: readonly string[]): string => `[[fabula: ${lines.join('\n')}]]`;

const kindOf = (line: string) => readBlocks(readLines(`${line}\n`).lines)[0]?.kind;

/** Lines that the middle of an action would take for something else. */
const isMarked = (line: string): boolean => /^\s*[~>#.=!@]/.test(line);

const oneLine = (text: string) => text.replaceAll(/\s+/gu, ' ').trim();

/** Without empty lines, which would end the paragraph. */
const lineByLine = (text: string) =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll(/\s+/gu, ' ').trim())
    .filter((line) => line !== '')
    .join('\n') || '…';

/** Without what opens or closes notes and the boneyard. */
const unhidden = (text: string) =>
  text
    .replaceAll(/\[(?=\[)|\](?=\])/g, '$& ')
    .replaceAll('/*', '/ *')
    .replaceAll('*/', '* /')
    .replaceAll('/\\*', '/ \\*')
    .replaceAll('\\*/', '\\* /');
