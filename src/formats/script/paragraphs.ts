/** How screenplays print an event: as paragraphs of action and dialogue, in words that a writer would use. */

import { readSpeaker } from '../speaker.js';
import { asOne } from './joint-cues.js';
import type { DraftElement, DraftScene } from './script-draft.js';

export type Paragraph =
  | { readonly kind: 'action'; readonly text: string }
  | { readonly kind: 'dialogue'; readonly speaker: string; readonly manner: string | undefined; readonly text: string };

/** Names for a voice that nobody is known for. */
const unknownVoice = 'A Voice';

const extensions: Readonly<Record<string, string>> = {
  'voice-over': 'V.O.',
  'off-screen': 'O.S.',
  narration: 'NARRATION',
};

/** At least one paragraph: what is seen first, then what is said. */
export function paragraphsOf(element: DraftElement, before?: DraftElement): Paragraph[] {
  const { dialogue, expression, voiceType, person } = element;
  const told = toldOf(element);
  if (dialogue === undefined || dialogue.trim() === '')
    return [{ kind: 'action', text: told ?? expression ?? silence(element) }];
  const extension = voiceType === undefined ? undefined : (extensions[voiceType] ?? shortened(voiceType));
  const goesOn = person !== undefined && before?.type === 'LINE' && before.person === person && told === undefined;
  const speaker = `${(person ?? undefined) || unknownVoice}${extension ? ` (${extension})` : ''}${goesOn ? " (CONT'D)" : ''}`;
  return [
    ...(told === undefined ? [] : [{ kind: 'action' as const, text: told }]),
    { kind: 'dialogue', speaker, manner: expression && asManner(expression), text: dialogue },
  ];
}

/** `Alert` → `alert`, as parentheticals are written; `I see` and `TV` stay. */
const asManner = (expression: string): string =>
  /^\p{Lu}\p{Ll}+(?!\p{Ll}|['’])/u.test(expression)
    ? `${expression.charAt(0).toLowerCase()}${expression.slice(1)}`
    : expression;

/** A speaker's cue in capitals, where those can be turned back into the name; else as it is written. */
export function cueOf(speaker: string): string {
  const capitals = speaker.toUpperCase();
  return asOne(readSpeaker(capitals)?.name === readSpeaker(speaker)?.name ? capitals : speaker);
}

/** What a scene's place is like, where nobody describes the scene itself. */
export const describedAs = ({ description, environment }: DraftScene): string | undefined => description ?? environment;

/** What is seen and heard, with the name of who does it. */
function toldOf({ action, description, audioCue, person }: DraftElement): string | undefined {
  const heard = audioCue?.trim() ? sentence(audioCue) : undefined;
  const done = action ?? description;
  if (!done?.trim()) return heard;
  const isNamed = typeof person !== 'string' || done.toLowerCase().includes(person.toLowerCase());
  const seen = sentence(isNamed ? done : withActor(person, done));
  return heard === undefined
    ? seen
    : /\p{Script=Han}$/u.test(seen.slice(0, -1))
      ? `${seen}${heard}`
      : `${seen} ${heard}`;
}

/** With the full stop that it lacks. */
function sentence(text: string): string {
  const whole = text.trimEnd();
  if (!/[\p{L}\p{N}]$/u.test(whole)) return text;
  return `${whole}${/\p{Script=Han}$/u.test(whole) ? '。' : '.'}`;
}

/** `Looks up.` → `Mara looks up.`; `Holding a cup` → `Mara, holding a cup`. */
function withActor(actor: string, done: string): string {
  const lowered = `${done.charAt(0).toLowerCase()}${done.slice(1)}`;
  if (/^\p{Script=Han}/u.test(done)) return `${actor}${done}`;
  if (/^\p{Lu}\p{Ll}+ing\b/u.test(done)) return `${actor}, ${lowered}`;
  return /^\p{L}\p{Ll}+s\b/u.test(done) ? `${actor} ${lowered}` : `${actor}. ${done}`;
}

function silence({ type, person }: DraftElement): string {
  const who = typeof person === 'string' ? person : undefined;
  switch (type) {
    case 'SILENCE':
      return 'Silence.';
    case 'LOUD_SOUND':
      return 'A loud noise.';
    case 'SPEECH':
      return `${who ?? 'Somebody'} speaks.`;
    case 'LINE':
      return `${who ?? 'Somebody'} says nothing.`;
    case 'ENTRANCE':
      return `${who ?? 'Somebody'} comes in.`;
    case 'EXIT':
      return `${who ?? 'Somebody'} leaves.`;
    case 'ALONE':
      return `${who ?? 'Somebody'} is alone.`;
    case 'ACTION':
      return `${who ?? 'Somebody'} waits.`;
    default:
      return type satisfies never;
  }
}

const shortened = (text: string) =>
  text
    .replaceAll(/[()\s^]+/gu, ' ')
    .trim()
    .slice(0, 30);
