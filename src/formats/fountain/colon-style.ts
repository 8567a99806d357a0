/**
 * Scripts in which every line is a paragraph and the speaker stands before a colon (`林妙妙：你来了。`, `MARA: Hello.`),
 * as plays, transcripts and most Chinese scripts are typed.
 */
import { readHeading } from '../script/heading.js';
import { isTransition } from '../script/transitions.js';
import { speakerOf } from '../speaker-tag.js';
import { type Block, readBlocks } from './blocks.js';
import type { FountainLine } from './lines.js';

/** So many lines have a speaker before a colon, at least, and this share of all; ours. */
const fewestSpoken = 3;
const leastShare = 0.2;

/** So many more lines must have their speaker before a colon than stand under their speaker's name. */
const leastOdds = 4;

/** The blocks of a script in Fountain's own style or in this one, whichever it is. */
export function readScript(lines: readonly FountainLine[]): Block[] {
  const blocks = readBlocks(lines);
  const shown = lines.filter(({ text }) => text.trim() !== '');
  const spoken = shown.filter(({ text }) => spokenOf(text) !== undefined).length;
  const cued = blocks.filter(({ kind }) => kind === 'dialogue').length;
  const isColonStyle = spoken >= fewestSpoken && spoken >= leastShare * shown.length && spoken >= leastOdds * cued;
  return isColonStyle ? shown.map(blockOf) : blocks;
}

function blockOf({ text, start, end }: FountainLine): Block {
  const line = text.trim();
  const heading = readHeading(line);
  if (heading) return { kind: 'heading', text: line, isForced: false, start, end };
  if (/^#{1,6}(?!#)/.test(line)) return { kind: 'section', start, end };
  if (isTransition(line)) return { kind: 'transition', text: line, start, end };
  const spoken = spokenOf(line);
  if (!spoken) return { kind: 'action', lines: [line], start, end };
  return { kind: 'dialogue', isDual: false, ...spoken, start, end };
}

function spokenOf(text: string): { cue: string; lines: string[] } | undefined {
  const { speakerTag, text: said } = speakerOf(text.trim());
  if (speakerTag === undefined || said === '' || readHeading(text.trim())) return undefined;
  // 林妙妙（笑）：… how it is said stands behind the name.
  const [, cue = speakerTag, manner] = /^(.*?)\s*\(([^()]*)\)$/u.exec(speakerTag) ?? [];
  const isVoice = manner !== undefined && /^(?:V\.?O\.?|O\.?S\.?|O\.?C\.?|OFF|画外音?|旁白|CONT)/iu.test(manner);
  return manner === undefined || isVoice ? { cue: speakerTag, lines: [said] } : { cue, lines: [`(${manner})`, said] };
}
