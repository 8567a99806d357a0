/** What subtitles show of a narrative: its cues as they are corrected, and lines that have no cue. */
import type { Cue } from '../../../schema/cue.js';
import type { Event } from '../../../schema/event.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { Person } from '../../../schema/person.js';
import { groupBy } from '../../narrative/group-by.js';
import { readSpeaker } from '../speaker.js';
import { tidied } from '../subtitle-cue.js';
import { type Block, blocksOf } from './blocks.js';
import type { Item } from './rewrite.js';

/** What stands in the file of one cue. */
export interface SubtitleLine {
  readonly startMs: number;
  readonly endMs: number;
  /** Without empty rows and spaces at the ends of rows. */
  readonly text: string;
  readonly speaker?: string | undefined;
}

export interface ShownLine extends Item<SubtitleLine> {
  /** What is said there. */
  readonly events: readonly Event[];
}

/** `showsSpeakers`: a speaker's name is seen on the picture, so that only those stand there that subtitles named. */
export function shownLines(narrative: Narrative, format: string, showsSpeakers: boolean): ShownLine[] {
  const persons = new Map(narrative.persons.map((person) => [person.id, person]));
  const cueIds = new Set(narrative.cues.map(({ id }) => id));
  // Cues of sounds are told as acts.
  const spoken = narrative.events.filter(({ type, dialogue, audioCue }) =>
    type === 'LINE' ? dialogue !== undefined : type === 'ACTION' && audioCue !== undefined,
  );
  const cueOf = ({ provenance }: Event) =>
    provenance.evidence.find(({ nodeId }) => nodeId !== undefined && cueIds.has(nodeId))?.nodeId;
  const eventsOf = groupBy(spoken, cueOf);
  const line = (
    { startMs, endMs }: Cue | Event,
    text: string,
    tag: string | undefined,
    events: readonly Event[],
    blocks: readonly Block[],
  ): ShownLine => {
    const speaker = speakerOf(tag, events, persons, showsSpeakers);
    return { startMs, said: { startMs, endMs, text: tidied(text), speaker }, blocks, events };
  };
  const cues = narrative.cues.map((cue) => {
    const events = eventsOf.get(cue.id) ?? [];
    return line(cue, textOf(cue, events), cue.speakerTag, events, blocksOf(cue, format));
  });
  const bare = (eventsOf.get(undefined) ?? []).flatMap((event) =>
    event.dialogue === undefined ? [] : [line(event, event.dialogue, undefined, [event], [])],
  );
  return [...cues, ...bare]
    .filter(({ said }) => said.text !== '')
    .sort((a, b) => a.startMs - b.startMs || a.said.endMs - b.said.endMs);
}

/** The cue's text, with what people corrected in the lines that were read from it. */
function textOf(cue: Cue, events: readonly Event[]): string {
  let { text } = cue;
  for (const { dialogue, provenance } of events) {
    const isCorrected = provenance.fields?.some(({ field, by }) => field === 'dialogue' && by === 'person');
    const before = provenance.otherReadings.findLast(({ field }) => field === 'dialogue')?.value;
    if (!isCorrected || dialogue === undefined || typeof before !== 'string' || before === '') continue;
    // Rows of a cue are joined in its line.
    if (text.includes(before)) text = text.replace(before, () => dialogue);
    else if (events.length === 1 && spaceless(text) === spaceless(before)) text = dialogue;
  }
  return text;
}

const spaceless = (text: string) => text.replaceAll(/\s+/g, '');

/** As the subtitles name the speaker, unless somebody gave that person another name. */
function speakerOf(
  tag: string | undefined,
  events: readonly Event[],
  persons: ReadonlyMap<string, Person>,
  showsSpeakers: boolean,
): string | undefined {
  const speakers = new Set(events.map(({ personId }) => personId));
  const [only] = speakers;
  const name = speakers.size === 1 ? persons.get(only ?? '')?.name : undefined;
  if (tag === undefined) return showsSpeakers ? undefined : name;
  if (name === undefined || readSpeaker(tag)?.key === readSpeaker(name)?.key) return tag;
  const manner = /\([^)]*\)\s*$/.exec(tag)?.[0];
  return manner === undefined ? name : `${name} ${manner}`;
}
