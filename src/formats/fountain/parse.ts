/** Reads a Fountain text into a draft whose nodes carry the pieces of text they were read from. */
import type { DetailLine, ParsedScript } from '../script/apply-details.js';
import { readForcedHeading } from '../script/heading.js';
import { keep, type Piece } from '../script/piece.js';
import type { DraftElement, DraftScene } from '../script/script-draft.js';
import { readTransition } from '../script/transitions.js';
import type { Block } from './blocks.js';
import { readScript } from './colon-style.js';
import { plain } from './emphasis.js';
import { type FountainNote, readLines } from './lines.js';
import { readTitlePage, titleOf } from './title-page.js';

const format = 'fountain';

/** A scene or an element with the text that it was read from: up to `sourceEnd`, then what is behind it up to the next. */
interface Owner {
  readonly start: number;
  sourceEnd: number;
  readonly node: Scene | DraftElement;
}

type Scene = { -readonly [Field in keyof DraftScene]: DraftScene[Field] } & {
  readonly elements: DraftElement[];
  transition?: ReturnType<typeof readTransition>;
};

export function parseFountain(text: string): ParsedScript {
  const { lines, notes } = readLines(text);
  const page = readTitlePage(lines.map((line) => line.text));
  const body = lines.slice(page?.lines ?? 0);
  const blocks = readScript(body);
  const owners: Owner[] = [];
  const scenes: Scene[] = [];
  /** A transition that nothing but blank lines parts from what comes. */
  let opened: { readonly start: number; readonly text: string } | undefined;
  let transition: string | undefined;
  let isBare = false;

  const begin = (start: number, sourceEnd: number, fields: Partial<DraftScene>) => {
    const scene: Scene = {
      ...fields,
      shots: [],
      elements: [],
      ...(transition !== undefined && { transition: readTransition(transition) }),
    };
    transition = undefined;
    opened = undefined;
    scenes.push(scene);
    owners.push({ start, sourceEnd, node: scene });
  };
  const add = (block: Block, element: DraftElement) => {
    if (scenes.length === 0) begin(block.start, block.start, {});
    scenes.at(-1)?.elements.push(element);
    owners.push({ start: block.start, sourceEnd: block.end, node: element });
  };
  for (const block of blocks) {
    const wasBare = isBare;
    isBare = false;
    switch (block.kind) {
      case 'heading': {
        const { number, ...heading } = readForcedHeading(plain(block.text));
        begin(opened?.start ?? block.start, block.end, { ...heading, number: block.number ?? number });
        isBare = true;
        break;
      }
      case 'synopsis': {
        const owner = owners.at(-1);
        // Right below the heading it describes the scene; anywhere else it is an outline's.
        if (wasBare && owner && 'shots' in owner.node && block.text !== '') {
          owner.node.description = plain(block.text);
          owner.sourceEnd = block.end;
        }
        opened = undefined;
        break;
      }
      case 'transition':
        transition = plain(block.text);
        opened = { start: block.start, text: block.text };
        break;
      case 'section':
      case 'page break':
        opened = undefined;
        break;
      case 'action':
        add(block, { type: 'ACTION', action: plain(block.lines.join('\n')) });
        break;
      case 'centered':
        add(block, { type: 'ACTION', action: plain(block.text) });
        break;
      case 'lyrics':
        add(block, { type: 'LINE', dialogue: plain(block.lines.join('\n')), voiceType: 'singing' });
        break;
      case 'dialogue':
        add(block, spokenElement(block, scenes.at(-1)?.elements.at(-1)));
        break;
      default:
        block satisfies never;
    }
    if (block.kind !== 'transition' && block.kind !== 'heading' && block.kind !== 'synopsis') opened = undefined;
  }
  return {
    draft: {
      title: page && titleOf(page)?.split('\n').map(plain).join(' '),
      scenes: withPieces(scenes, owners, text),
      foreign: keep(format, { head: text.slice(0, owners[0]?.start ?? text.length) }),
    },
    details: notes.flatMap((note) => detailLines(note, owners, scenes, text)),
  };
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

function withPieces(scenes: readonly Scene[], owners: readonly Owner[], text: string): DraftScene[] {
  const pieces = new Map<Scene | DraftElement, Piece>();
  for (const [n, { start, sourceEnd, node }] of owners.entries())
    pieces.set(node, {
      source: text.slice(start, sourceEnd),
      after: text.slice(sourceEnd, owners[n + 1]?.start ?? text.length),
    });
  const kept = (node: Scene | DraftElement) => keep(format, pieces.get(node) ?? { source: '' });
  return scenes.map((scene) => {
    const { elements, transition, ...own } = scene;
    return {
      ...own,
      foreign: kept(scene),
      shots: [
        {
          ...(transition && { transition }),
          elements: elements.map((element) => ({ ...element, foreign: kept(element) })),
        },
      ],
    };
  });
}

/** The lines of a note of ours, `[[fabula: …]]`, with the scene they stand in. */
function detailLines(
  { text: note, start }: FountainNote,
  owners: readonly Owner[],
  scenes: readonly Scene[],
  text: string,
): DetailLine[] {
  const [opening] = /^\s*fabula:\s?/.exec(note) ?? [];
  if (opening === undefined) return [];
  const owned = owners.filter((owner) => owner.start <= start && 'shots' in owner.node).length - 1;
  const line = text.slice(0, start).split('\n').length;
  return note
    .slice(opening.length)
    .split(/\r\n|\n|\r/)
    .flatMap((detail, n) =>
      detail.trim() === '' ? [] : [{ scene: Math.min(owned, scenes.length - 1), line: line + n, text: detail.trim() }],
    );
}
