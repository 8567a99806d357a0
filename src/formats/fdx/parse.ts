/** Reads a Final Draft file into a draft whose nodes carry the pieces of text they were read from. */
import type { ParsedScript } from '../script/apply-details.js';
import { readForcedHeading } from '../script/heading.js';
import { ScriptAssembler } from '../script/script-assembler.js';
import type { DraftElement } from '../script/script-draft.js';
import { readShotSize } from '../script/shot-size.js';
import { isTransition, readTransition } from '../script/transitions.js';
import { type FdxParagraph, readParagraphs } from './paragraphs.js';

export function parseFdx(text: string): ParsedScript {
  const { paragraphs, contentEnd, title } = readParagraphs(text);
  const script = new ScriptAssembler('fdx', true);
  for (let n = 0; n < paragraphs.length; ) n = assemble(paragraphs, n, script, text);
  const { scenes, details, foreign } = script.finish(text, contentEnd);
  return { draft: { title, scenes, foreign }, details };
}

/** Takes the paragraph, or a speaker's paragraphs, that begin at `n`; returns where the next begin. */
function assemble(paragraphs: readonly FdxParagraph[], n: number, script: ScriptAssembler, text: string): number {
  const paragraph = paragraphs[n];
  if (!paragraph) return n + 1;
  const isDetails = takeDetails(paragraph, script, text);
  if (paragraph.text === '' || isDetails) {
    script.other();
    return n + 1;
  }
  switch (paragraph.type) {
    case 'Scene Heading': {
      const { number, ...heading } = readForcedHeading(paragraph.text);
      script.scene(paragraph, { ...heading, number: paragraph.number ?? number, description: paragraph.summary });
      break;
    }
    case 'Shot': {
      const { shotSize, rest } = readShotSize(paragraph.text);
      const focus = rest.replace(/^(?:ON|OF|SUR)\s+|^[-–—:.,]+\s*/i, '');
      script.shot(paragraph, { ...(shotSize && { shotSize }), ...(isNamed(focus) && { focus }) });
      break;
    }
    case 'Transition':
      script.transition(paragraph, readTransition(paragraph.text));
      break;
    case 'Character':
      return assembleSpeech(paragraphs, n, script);
    case 'Dialogue':
    case 'Singing':
    case 'Lyrics':
      script.element(paragraph, {
        type: 'LINE',
        dialogue: paragraph.text,
        ...(paragraph.type !== 'Dialogue' && { voiceType: 'singing' }),
      });
      break;
    case 'New Act':
    case 'End of Act':
    case 'Show/Ep. Title':
      script.other();
      break;
    default:
      if (isTransition(paragraph.text)) {
        script.transition(paragraph, readTransition(paragraph.text));
        break;
      }
      // Action, General, Parenthetical without a speaker, and what people define themselves.
      script.element(paragraph, { type: 'ACTION', action: paragraph.text });
  }
  return n + 1;
}

/** What a shot is called that is called after nothing. */
const isNamed = (focus: string) => focus !== '' && !/^(?:(?:NEW |ANOTHER )?(?:SHOT|ANGLE)|SHOT \d+)[.:]?$/i.test(focus);

function assembleSpeech(paragraphs: readonly FdxParagraph[], first: number, script: ScriptAssembler): number {
  const cue = paragraphs[first];
  if (!cue) return first + 1;
  const said: string[] = [];
  const manners: string[] = [];
  let last = cue;
  let n = first + 1;
  for (let next = paragraphs[n]; next && speech.has(next.type) && !next.notes.some(isOurs); next = paragraphs[++n]) {
    if (next.type !== 'Parenthetical') said.push(next.text);
    else if (next.text !== '') manners.push(next.text.replace(/^[(（]\s*|\s*[)）]$/g, ''));
    last = next;
  }
  const dialogue = said.join('\n').trim();
  const expression = manners.join('; ');
  const isSung = paragraphs.slice(first, n).some(({ type }) => type === 'Singing' || type === 'Lyrics');
  const element: DraftElement =
    dialogue === ''
      ? { type: 'ACTION', person: cue.text, ...(expression !== '' && { action: expression }) }
      : {
          ...{ type: 'LINE', person: cue.text, dialogue },
          ...(expression !== '' && { expression }),
          ...(isSung && { voiceType: 'singing' }),
          ...(cue.isSecondVoice && script.lastElement?.type === 'LINE' && { simultaneous: true }),
        };
  script.element({ start: cue.start, end: last.end }, element);
  return n;
}

const speech = new Set(['Dialogue', 'Parenthetical', 'Singing', 'Lyrics']);

/** Our own notes, which begin with `fabula:`. */
function takeDetails({ notes, start }: FdxParagraph, script: ScriptAssembler, text: string): boolean {
  let isDetails = false;
  for (const note of notes) {
    if (!isOurs(note)) continue;
    isDetails = true;
    const line = text.slice(0, start).split('\n').length;
    for (const detail of note.replace(ours, '').split('\n'))
      if (detail.trim() !== '') script.detail(start, line, detail.trim());
  }
  return isDetails;
}

const ours = /^\s*fabula:\s*/;
const isOurs = (note: string): boolean => ours.test(note);
