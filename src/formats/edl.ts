/** CMX3600 edit decision lists (.edl): the shots of a film as edits, in frames of its timecode. */
import { FabulaError } from '../../schema/errors.js';
import type { Narrative } from '../../schema/narrative.js';
import type { Shot } from '../../schema/shot.js';
import { greatest } from '../narrative/intervals.js';
import { type EditList, editLine, readEditList } from './edl/read.js';
import { type FrameRate, frameAt, msOf, nameRate, perSecond, rateFor } from './edl/timecode.js';
import { type EditContext, retitled, type SaidEdit, writeEdit, writeHead } from './edl/write.js';
import type { Dropped, Format, Reading, ReadOptions, ReportItem, Written } from './format.js';
import { buildNarrative } from './script/build-narrative.js';
import { hasOuterTitle } from './script/nodes.js';
import { frameOf as frameKept, keep } from './script/piece.js';
import { blocksOf, cutIntoBlocks, keepBlocks } from './timed/blocks.js';
import { leftOut } from './timed/left-out.js';
import { type Item, rewrite } from './timed/rewrite.js';
import { onlyStandIns } from './timed/stand-ins.js';

const told = { name: 'edl', title: 'CMX3600 EDL', version: '1' } as const;

/** As much of a text as is looked at to tell it, in characters. */
const sampleLength = 20_000;
/** What timecodes count of a film whose frame rate nobody knows. */
const usualRate = 25;

export const edl: Format = {
  ...told,
  extensions: ['edl'],
  recognise(text) {
    const sample = text.slice(0, sampleLength);
    const hasEdits = sample.split(/\r\n|\r|\n/).some((row) => editLine.test(row));
    return hasEdits ? (/^\uFEFF?\s*TITLE:/i.test(sample) ? 1 : 0.9) : 0;
  },
  read,
  write,
};

function read(text: string, options: ReadOptions): Reading {
  const { title, rate, startFrame, edits, report } = readList(text);
  const { head, blocks } = cutIntoBlocks(
    text,
    edits.map(({ extent }) => [extent]),
  );
  const shots = edits
    .map(({ fromFrame, toFrame, transition }, n) => {
      const startMs = msOf(fromFrame, rate);
      const endMs = Math.max(startMs + 1, msOf(toFrame, rate));
      const foreign = keepBlocks(told.name, blocks[n] ?? []);
      const begins = transition === 'CUT' ? undefined : transition;
      return { startMs, endMs, transition: begins, foreign, subjects: [], elements: [] };
    })
    .toSorted((a, b) => a.startMs - b.startMs);
  const durationMs = greatest(shots.map(({ endMs }) => endMs));
  const built = buildNarrative(
    {
      ...{ title, durationMs, foreign: keep(told.name, { head }) },
      scenes: [{ startMs: 0, endMs: durationMs, shots }],
    },
    { ...options, format: told, version: told.version, report: [...report, ...startReport(startFrame, rate)] },
  );
  const { narrative } = built;
  const episode = { ...narrative.episode, frameRate: perSecond(rate) };
  return onlyStandIns({ ...built, narrative: { ...narrative, episode } }, ['scenes']);
}

/** SCRIPT_UNREADABLE, with the line of the first broken edit, where no edit can be read. */
function readList(text: string): EditList {
  const list = readEditList(text);
  if (list.edits.length > 0) return list;
  const broken = list.report.find(({ what }) => what === 'LOST');
  const where = broken ? `Line ${broken.line}: ${broken.reason}` : 'Line 1: there is no edit of the picture.';
  throw new FabulaError('SCRIPT_UNREADABLE', where, 'Export the list as CMX3600.');
}

const startReport = (startFrame: number, rate: FrameRate): ReportItem[] =>
  startFrame === 0
    ? []
    : [
        {
          what: 'CHANGED',
          reason: `Times count from the program’s start, ${Math.round(msOf(startFrame, rate) / 3_600_000)}:00:00:00.`,
        },
      ];

function write(narrative: Narrative): Written {
  const { episode } = narrative;
  const kept = frameKept(episode, told.name)?.head;
  const original = kept === undefined ? undefined : originalList(kept, narrative);
  const rate = original?.rate ?? rateFor(episode.frameRate ?? usualRate);
  const context: EditContext = {
    ...{ rate, startFrame: original?.startFrame ?? 0 },
    clip: episode.media?.path.split('/').at(-1),
  };
  const isOwnTitle = !hasOuterTitle(episode);
  const head = kept !== undefined && isOwnTitle ? retitled(kept, episode.title) : kept;
  const items = itemsOf(narrative, rate);
  const shown = items.filter(({ said }) => said.toFrame > said.fromFrame);
  const form = {
    read: (text: string) => {
      const list = readEditList(text);
      return list.edits.map(({ extent, ...said }) => ({ said: atStart(said), extents: [extent] }));
    },
    write: (said: SaidEdit, old: string | undefined, number: number) => writeEdit(said, old, number, context),
    gap: (text: string) => (text === '' || /[\r\n]$/.test(text) ? '' : '\n'),
  };
  const text = rewrite(head, shown, form, writeHead(episode.title, rate));
  return { text, dropped: droppedFrom(narrative, rate, items.length - shown.length) };
}

/** The list as it was, as far as the shots remember it. */
function originalList(head: string, { shots }: Narrative): EditList | undefined {
  const blocks = shots.flatMap((shot) => blocksOf(shot, told.name)).sort((a, b) => a.at - b.at);
  const list = readEditList(head + blocks.map(({ source = '', after = '' }) => source + after).join(''));
  return list.edits.length > 0 ? list : undefined;
}

const itemsOf = ({ shots }: Narrative, rate: FrameRate): Item<SaidEdit>[] =>
  shots.map((shot: Shot) => ({
    startMs: shot.startMs,
    said: atStart({
      fromFrame: frameAt(shot.startMs, rate),
      toFrame: frameAt(shot.endMs, rate),
      transition: shot.transition,
    }),
    blocks: blocksOf(shot, told.name),
  }));

/** How the first shot begins goes without saying. */
const atStart = ({ fromFrame, toFrame, transition }: SaidEdit): SaidEdit => ({
  ...{ fromFrame, toFrame },
  transition: transition === 'START' ? 'CUT' : transition,
});

function droppedFrom(narrative: Narrative, rate: FrameRate, tooShort: number): Dropped[] {
  const isRounded = (ms: number) => msOf(frameAt(ms, rate), rate) !== ms;
  const rounded = narrative.shots.filter(({ startMs, endMs }) => isRounded(startMs) || isRounded(endMs)).length;
  const counts = `${nameRate(rate)} frames a second`;
  return [
    ...leftOut(narrative, told, {
      episode: { fields: ['title'] },
      shots: { fields: ['startMs', 'endMs', 'transition'] },
    }),
    ...(rounded > 0
      ? [{ what: 'shots.startMs', count: rounded, reason: `Timecodes count whole frames, here ${counts}.` }]
      : []),
    ...(tooShort > 0 ? [{ what: 'shots', count: tooShort, reason: `Too short for a frame of ${counts}.` }] : []),
  ];
}
