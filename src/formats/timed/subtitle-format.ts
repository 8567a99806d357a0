/** Makes a format of subtitles: a file read as an episode in which one scene and one shot stand for all. */
import { FabulaError } from '../../../schema/errors.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { Person } from '../../../schema/person.js';
import { linesOfCue } from '../../narrative/cue-lines.js';
import { greatest } from '../../narrative/intervals.js';
import type { Dropped, Format, Reading, ReadOptions, ReportItem } from '../format.js';
import { ifReadable } from '../if-readable.js';
import { languageOfScript, languageTag } from '../language-tag.js';
import { buildNarrative } from '../script/build-narrative.js';
import { hasOuterTitle } from '../script/nodes.js';
import { frameOf, keep } from '../script/piece.js';
import type { DraftElement } from '../script/script-draft.js';
import { readSpeaker } from '../speaker.js';
import type { LineRange, SubtitleCue, Subtitles } from '../subtitle-cue.js';
import { cutIntoBlocks, type Extent, keepBlocks } from './blocks.js';
import { leftOut } from './left-out.js';
import { type BlockForm, rewrite } from './rewrite.js';
import { onlyStandIns } from './stand-ins.js';
import { type ShownLine, type SubtitleLine, shownLines } from './subtitle-line.js';

export interface SubtitleForm extends Pick<Format, 'name' | 'title' | 'version' | 'extensions' | 'recognise'> {
  /** SUBTITLES_UNREADABLE with the line. */
  read(text: string): Subtitles & { readonly title?: string | undefined };
  /** Whether a speaker's name would be seen on the picture. */
  readonly showsSpeakers: boolean;
  /** Times are whole multiples of it. */
  readonly stepMs: number;
  /** Fields of the episode that `head` holds. */
  readonly episode: readonly string[];
  head(narrative: Narrative): string;
  /** The head of a file with another title; as it is where it has no place for one. */
  retitled(head: string, title: string): string;
  /** A cue as text that ends with a line end; in the place of `old`, whose settings it keeps, below `head`. */
  cue(line: SubtitleLine, old: string | undefined, number: number, head: string): string;
  gap(text: string): string;
}

export const subtitleFormat = (form: SubtitleForm): Format => ({
  name: form.name,
  title: form.title,
  version: form.version,
  extensions: form.extensions,
  recognise: (text) => form.recognise(text),
  read: (text, options) => readEpisode(text, options, form),
  write: (narrative) => writeEpisode(narrative, form),
});

/** As many of the cues must name their speaker before whom they speak to can be told from it; ours. */
const mostTagged = 0.9;

function readEpisode(text: string, options: ReadOptions, form: SubtitleForm): Reading {
  const { cues, defects, language, title } = readSubtitles(text, form);
  const extents = extentsIn(text);
  const { head, blocks } = cutIntoBlocks(text, cues.map(extents));
  const isTagged = cues.filter(({ speakerTag }) => speakerTag !== undefined).length >= mostTagged * cues.length;
  const elements = cues.flatMap((cue, n) =>
    linesOfCue(cue).map(({ speakerTag, ...line }): DraftElement => {
      return { ...line, cue: n, person: speakerTag, ...(!isTagged && { targets: [] }) };
    }),
  );
  const durationMs = greatest(cues.map(({ endMs }) => endMs));
  const whole = { startMs: 0, endMs: durationMs };
  const { narrative, report } = buildNarrative(
    {
      ...{ title, durationMs, language: languageTag(language), foreign: keep(form.name, { head }) },
      cues: cues.map(({ at: _, ...cue }, n) => ({ ...cue, foreign: keepBlocks(form.name, blocks[n] ?? []) })),
      scenes: [{ ...whole, shots: [{ ...whole, transition: 'START', subjects: [], elements }] }],
    },
    { ...options, format: form, version: form.version, report: defects.map(sayDefect) },
  );
  return onlyStandIns({ narrative, report }, ['scenes', 'shots']);
}

const sayDefect = ({ line, defect }: Subtitles['defects'][number]): ReportItem => ({
  ...{ what: 'LOST', line },
  reason: `This cue is left out: ${defect}.`,
});

function readSubtitles(text: string, form: SubtitleForm) {
  try {
    return form.read(text);
  } catch (error) {
    if (!(error instanceof FabulaError) || error.code !== 'SUBTITLES_UNREADABLE') throw error;
    throw new FabulaError('SCRIPT_UNREADABLE', error.message, error.hint, { cause: error });
  }
}

/** Where a cue stands in a text, as offsets. */
function extentsIn(text: string): (cue: SubtitleCue) => Extent[] {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];
  const offsetOf = (line: number) => starts[line - 1] ?? text.length;
  return ({ at }) => at.map(({ from, to }: LineRange) => ({ from: offsetOf(from), to: offsetOf(to) }));
}

const blockForm = (form: SubtitleForm, head: string): BlockForm<SubtitleLine> => ({
  read(text) {
    const extents = extentsIn(text);
    return form.read(text).cues.map((cue) => ({ said: saidBy(cue), extents: extents(cue) }));
  },
  write: (said, old, number) => form.cue(said, old, number, head),
  gap: (text) => form.gap(text),
});

const saidBy = ({ startMs, endMs, text, speakerTag }: SubtitleCue): SubtitleLine => ({
  ...{ startMs, endMs, text, speaker: speakerTag },
});

function writeEpisode(narrative: Narrative, form: SubtitleForm): { text: string; dropped: Dropped[] } {
  const { episode } = narrative;
  const lines = shownLines(narrative, form.name, form.showsSpeakers);
  const kept = frameOf(episode, form.name)?.head;
  const isOwnTitle = !hasOuterTitle(episode);
  const head = kept === undefined || !isOwnTitle ? kept : form.retitled(kept, episode.title);
  const freshHead = form.head(narrative);
  const text = rewrite(head, lines, blockForm(form, head ?? freshHead), freshHead);
  return { text, dropped: droppedFrom(narrative, lines, text, form) };
}

/** Reads what was written back: whatever does not come out of it again is told of. */
function droppedFrom(narrative: Narrative, lines: readonly ShownLine[], text: string, form: SubtitleForm): Dropped[] {
  const back: Pick<Subtitles, 'cues' | 'language'> = ifReadable(() => form.read(text)) ?? { cues: [] };
  const found = new Map<string, number>();
  for (const cue of back.cues) found.set(keyOf(saidBy(cue)), (found.get(keyOf(saidBy(cue))) ?? 0) + 1);
  const isRounded = ({ startMs, endMs }: SubtitleLine) => startMs % form.stepMs !== 0 || endMs % form.stepMs !== 0;
  const rounded = lines.filter(({ said }) => isRounded(said)).length;
  const others = lines.filter(({ said }) => {
    const key = keyOf(isRounded(said) ? inSteps(said, form.stepMs) : said);
    const count = found.get(key) ?? 0;
    found.set(key, count - 1);
    return count <= 0;
  });
  const language = languageTag(back.language) ?? languageOfScript(back.cues.map((cue) => cue.text).join('\n'));
  const speakers = new Set(lines.flatMap(({ said }) => keyOfSpeaker(said.speaker) ?? []));
  const lineOf = new Map(lines.flatMap((line) => line.events.map((event) => [event.id, line.said] as const)));
  const nameOf = new Map(narrative.persons.map(({ id, name }) => [id, name]));
  return [
    ...leftOut(narrative, form, {
      episode: {
        fields: form.episode,
        also: (field) => field === 'language' && language === narrative.episode.language,
      },
      cues: {
        fields: ['startMs', 'endMs', 'text', 'speakerTag'],
        also: (field, cue) => (cue as unknown as Record<string, unknown>)[field] === language && field === 'language',
      },
      events: {
        nodes: ({ id }) => lineOf.has(id),
        fields: ['type', 'startMs', 'endMs', 'dialogue', 'audioCue'],
        also: (field, node) => {
          const speaker = lineOf.get(node.id)?.speaker;
          const { personId, voiceType } = node as { personId?: string; voiceType?: string };
          if (field === 'personId') return keyOfSpeaker(nameOf.get(personId ?? '')) === keyOfSpeaker(speaker);
          return field === 'voiceType' && readSpeaker(speaker ?? '')?.voiceType === voiceType;
        },
      },
      persons: {
        nodes: (person) => speakers.has(keyOfSpeaker((person as Person).name) ?? ''),
        fields: ['name'],
      },
    }),
    ...(rounded > 0
      ? [{ what: 'cues.startMs', count: rounded, reason: `${form.title} tells times in steps of ${form.stepMs} ms.` }]
      : []),
    ...(others.length > 0
      ? [
          {
            what: 'cues.text',
            count: others.length,
            reason: `${form.title} cannot say it so: words like a speaker’s name or like mark-up, repeats, a cue of over ten minutes.`,
          },
        ]
      : []),
  ];
}

const keyOfSpeaker = (name: string | undefined) => (name === undefined ? undefined : readSpeaker(name)?.key);

const keyOf = ({ startMs, endMs, text, speaker }: SubtitleLine) => JSON.stringify([startMs, endMs, text, speaker]);

/** As a format says it that tells times in steps: to the nearest, and never empty. */
export function inSteps(line: SubtitleLine, stepMs: number): SubtitleLine {
  const startMs = Math.round(line.startMs / stepMs) * stepMs;
  return { ...line, startMs, endMs: Math.max(startMs + stepMs, Math.round(line.endMs / stepMs) * stepMs) };
}
