/** Reads a Fountain text into a draft whose nodes carry the pieces of text they were read from. */
import type { ParsedScript } from '../script/apply-details.js';
import { readForcedHeading } from '../script/heading.js';
import { ScriptAssembler } from '../script/script-assembler.js';
import type { DraftElement } from '../script/script-draft.js';
import { readTransition } from '../script/transitions.js';
import type { Block } from './blocks.js';
import { readScript } from './colon-style.js';
import { plain } from './emphasis.js';
import { readLines } from './lines.js';
import { readTitlePage, titleOf } from './title-page.js';

export function parseFountain(text: string): ParsedScript {
  const { lines, notes } = readLines(text);
  const page = readTitlePage(lines.map((line) => line.text));
  const script = new ScriptAssembler('fountain', false);
  for (const block of readScript(lines.slice(page?.lines ?? 0))) assemble(block, script);
  for (const note of notes) {
    const [opening] = /^\s*fabula:\s?/.exec(note.text) ?? [];
    if (opening === undefined) continue;
    const line = text.slice(0, note.start).split(/\r\n|\n|\r/).length;
    for (const [n, detail] of note.text
      .slice(opening.length)
      .split(/\r\n|\n|\r/)
      .entries())
      if (detail.trim() !== '') script.detail(note.start, line + n, detail.trim());
  }
  const { scenes, details, foreign } = script.finish(text, text.length);
  return { draft: { title: page && titleOf(page)?.split('\n').map(plain).join(' '), scenes, foreign }, details };
}

function assemble(block: Block, script: ScriptAssembler): void {
  switch (block.kind) {
    case 'heading': {
      const { number, ...heading } = readForcedHeading(plain(block.text));
      script.scene(block, { ...heading, number: block.number ?? number });
      break;
    }
    case 'synopsis':
      // Below a heading it describes the scene; anywhere else it is an outline's.
      if (block.text === '' || !script.headed || script.headed.description !== undefined) script.other();
      else script.describe({ description: plain(block.text) }, block.end);
      break;
    case 'transition':
      script.transition(block, readTransition(plain(block.text)));
      break;
    case 'section':
    case 'page break':
      script.other();
      break;
    case 'action':
      script.element(block, { type: 'ACTION', action: plain(block.lines.join('\n')) });
      break;
    case 'centered':
      script.element(block, { type: 'ACTION', action: plain(block.text) });
      break;
    case 'lyrics':
      script.element(block, { type: 'LINE', dialogue: plain(block.lines.join('\n')), voiceType: 'singing' });
      break;
    case 'dialogue':
      script.element(block, spokenElement(block, script.lastElement));
      break;
    default:
      block satisfies never;
  }
}

function spokenElement(block: Block & { kind: 'dialogue' }, before: DraftElement | undefined): DraftElement {
  const said: string[] = [];
  const manners: string[] = [];
  let isSung = false;
  for (const line of block.lines) {
    if (/^[(（].*[)）]$/su.test(line)) manners.push(plain(line.slice(1, -1).trim()));
    else if (line.startsWith('~')) {
      isSung = true;
      said.push(line.slice(1).trim());
    } else said.push(line);
  }
  const dialogue = plain(said.join('\n').trim());
  const expression = manners.join('; ');
  const person = plain(block.cue);
  // A name with nothing but a parenthetical is an act.
  if (dialogue === '') return { type: 'ACTION', person, ...(expression !== '' && { action: expression }) };
  return {
    type: 'LINE',
    person,
    dialogue,
    ...(expression !== '' && { expression }),
    ...(isSung && { voiceType: 'singing' }),
    ...(block.isDual && before?.type === 'LINE' && { simultaneous: true }),
  };
}
