/** Whom a line is said to, and who does an act, where a script does not say: worked out, never sure. */
import type { Mention } from './mentions.js';

export interface Addressed {
  readonly labels: readonly string[];
  /** 0…1; ours. */
  readonly confidence: number;
  readonly why: string;
}

/** A line of a scene, as far as addressing needs it. */
export interface SpokenLine {
  readonly speaker: string;
  readonly text: string;
}

/**
 * Tells who line `n` of a scene is said to: whoever it calls by name ("Tomas, come here"), else the only other one who speaks
 * in the scene, else those whom it names, else whoever spoke before and answers. Undefined where none of that holds.
 */
export function addresseesIn(
  lines: readonly SpokenLine[],
  mentionsIn: (text: string) => readonly Mention[],
): (n: number) => Addressed | undefined {
  const speakers = new Set(lines.map(({ speaker }) => speaker));
  const [one, other] = speakers;
  return (n) => {
    const line = lines[n];
    if (!line) return undefined;
    const named = mentionsIn(line.text).filter(({ label }) => label !== line.speaker);
    const called = named.filter((mention) => isCalled(line.text, mention));
    if (called.length > 0) return { labels: labelsOf(called), confidence: 0.6, why: 'Called by name in the line.' };
    const onlyOther = line.speaker === one ? other : one;
    if (speakers.size === 2 && onlyOther !== undefined)
      return { labels: [onlyOther], confidence: 0.5, why: 'The only other one who speaks in the scene.' };
    if (named.length > 0) return { labels: labelsOf(named), confidence: 0.3, why: 'Named in the line.' };
    if (speakers.size < 2) return undefined;
    const before = otherSpeaker(lines, n, -1);
    if (before !== undefined && before === otherSpeaker(lines, n, 1))
      return { labels: [before], confidence: 0.3, why: 'Spoke before the line and after it.' };
    return undefined;
  };
}

/** Who speaks next to line `n`, going up or down, besides the one who says it. */
function otherSpeaker(lines: readonly SpokenLine[], n: number, step: 1 | -1): string | undefined {
  let at = n + step;
  while (lines[at]?.speaker === lines[n]?.speaker) at += step;
  return lines[at]?.speaker;
}

const labelsOf = (mentions: readonly Mention[]) => [...new Set(mentions.map(({ label }) => label))];

/** Set off by punctuation at the start or end of a sentence: "Tomas, …", "…, Tomas!", "Tomas?" */
function isCalled(text: string, { index, length }: Mention): boolean {
  const before = text.slice(0, index).trimEnd();
  const after = text.slice(index + length).trimStart();
  const opens = before === '' || /[.!?…,，。！？、—–-]["'”’]?$|^["'“‘¿¡(]+$/u.test(before);
  const closes = after === '' || /^[,，.!?…。！？、—–-]/u.test(after);
  return opens && closes;
}

/** Who an act is told of first ("Mara lifts the lamp"), and to whom alone it is done, if anybody. */
export function actorOf(
  text: string,
  mentionsIn: (text: string) => readonly Mention[],
): { readonly actor: string; readonly target?: string } | undefined {
  const mentions = mentionsIn(text);
  const [first] = mentions;
  if (!first || !/^(?:The\s|["'“‘(])?$/i.test(text.slice(0, first.index))) return undefined;
  const others = mentions.filter(({ label }) => label !== first.label);
  const between = text.slice(first.index + first.length, others[0]?.index);
  // "Mara and Tomas walk": both act, and the graph has one actor an event.
  const isJoint = /^(?:\s*\([^)]*\))?\s*(?:,|and|&|et|und|y|、|和|与|跟)\s*$/iu.test(between);
  const targets = isJoint ? [] : labelsOf(others);
  return { actor: first.label, ...(targets.length === 1 && { target: targets[0] ?? '' }) };
}
