import type { TextBlock, TextLine } from './text-line.js';

/** Lines of one block come, or go, within this time of each other, */
const togetherMs = 150;
/** and do the other within this: over a bright picture a pale line is found late. */
const nearMs = 400;
/** Clear space between the lines of one block, in heights of a line without its tails. */
const mostSpace = 2.6;
const mostHeightRatio = 2.6;

/** Puts lines that stand under each other at the same time together, in order of time. */
export function groupBlocks(lines: readonly TextLine[]): TextBlock[] {
  const blocks: TextLine[][] = [];
  for (const line of [...lines].sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)) {
    const above = blocks.find((block) => block.some((other) => isNext(other, line)));
    if (above) above.push(line);
    else blocks.push([line]);
  }
  return blocks
    .map((block) => ({
      startMs: Math.min(...block.map((line) => line.startMs)),
      endMs: Math.max(...block.map((line) => line.endMs)),
      lines: block,
    }))
    .sort((a, b) => a.startMs - b.startMs || (a.lines[0]?.box.y ?? 0) - (b.lines[0]?.box.y ?? 0));
}

function isNext(above: TextLine, below: TextLine): boolean {
  const [low, high] = [above.box.height, below.box.height].sort((a, b) => a - b) as [number, number];
  const space = below.box.y - (above.box.y + above.box.height);
  const columns =
    Math.min(above.box.x + above.box.width, below.box.x + below.box.width) - Math.max(above.box.x, below.box.x);
  return (
    Math.min(apartMs(above.startMs, below.startMs), apartMs(above.endMs, below.endMs)) <= togetherMs &&
    Math.max(apartMs(above.startMs, below.startMs), apartMs(above.endMs, below.endMs)) <= nearMs &&
    space > -0.5 * low &&
    space <= mostSpace * high &&
    high <= mostHeightRatio * low &&
    columns > 0
  );
}

const apartMs = (a: number, b: number) => Math.abs(a - b);
