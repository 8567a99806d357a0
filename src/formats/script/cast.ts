/** Who is in a script: those it describes and those its elements name, one person a name however it is spelled. */
import { readSpeaker } from '../speaker.js';
import { introductionsIn } from './introductions.js';
import { mentionFinder } from './mentions.js';
import type { DraftPerson, ScriptDraft } from './script-draft.js';

export interface CastMember extends DraftPerson {
  /** Whether the script describes the person; otherwise it only names them. */
  readonly isDescribed: boolean;
  /** Whether the age was read from an introduction (`EMMA (late 20s)`). */
  readonly isIntroduced: boolean;
}

export interface Cast {
  readonly members: readonly CastMember[];
  /** The member that a tag or label calls; undefined for one that names nobody (`(V.O.):`). */
  memberOf(tag: string): CastMember | undefined;
  readonly mentionsIn: ReturnType<typeof mentionFinder>;
}

/** The cast in order: those described first, then as they are named. */
export function castOf(draft: ScriptDraft): Cast {
  const members: CastMember[] = [];
  const byLabel = new Map<string, number>();
  const byKey = new Map<string, number>();
  const keys = new Map<string, string>();
  const keyOf = (tag: string): string => {
    const key = keys.get(tag) ?? readSpeaker(tag)?.key ?? '';
    keys.set(tag, key);
    return key;
  };
  const indexOf = (tag: string) => byLabel.get(tag) ?? byKey.get(keyOf(tag));
  const answerTo = (name: string | undefined, index: number) => {
    const key = name === undefined ? undefined : readSpeaker(name)?.key;
    if (key !== undefined && !byKey.has(key)) byKey.set(key, index);
  };
  const enter = (member: CastMember): void => {
    byLabel.set(member.label, members.length);
    answerTo(member.label, members.push(member) - 1);
  };
  for (const person of draft.persons ?? [])
    if (!byLabel.has(person.label)) enter({ ...person, isDescribed: true, isIntroduced: false });
  // Only then, so that nobody's other name hides somebody's label.
  for (const [index, { name, aliases = [] }] of members.entries())
    for (const other of [name, ...aliases]) answerTo(other, index);
  const meet = (tag: string): number | undefined => {
    const found = indexOf(tag);
    const speaker = readSpeaker(tag);
    if (found === undefined && speaker)
      enter({ label: speaker.name, name: speaker.name, isDescribed: false, isIntroduced: false });
    const index = found ?? indexOf(tag);
    const member = index === undefined ? undefined : members[index];
    // Somebody who writes "McCoy" knows better than what "MCCOY" can be turned into.
    if (
      index !== undefined &&
      member &&
      !member.isDescribed &&
      speaker &&
      capitals(speaker.name) > capitals(member.name)
    ) {
      members[index] = { ...member, label: speaker.name, name: speaker.name };
      byLabel.set(speaker.name, index);
    }
    return index;
  };
  for (const { shots, ...scene } of draft.scenes) {
    if (scene.description) introduce(scene.description);
    for (const { elements, subjects, appearances, action, focus } of shots) {
      for (const told of [focus, action]) if (told) introduce(told);
      for (const label of [...(subjects ?? []), ...(appearances ?? []).map(({ person }) => person)]) meet(label);
      for (const { person, targets, dialogue, action: done } of elements) {
        if (typeof person === 'string') meet(person);
        for (const label of targets ?? []) meet(label);
        if (dialogue === undefined && done) introduce(done);
      }
    }
  }
  function introduce(text: string): void {
    for (const { tag, ageRange } of introductionsIn(text)) {
      const index = meet(tag);
      const member = index === undefined ? undefined : members[index];
      if (index !== undefined && member && member.ageRange === undefined)
        members[index] = { ...member, ageRange, isIntroduced: true };
    }
  }
  const memberOf = (tag: string) => members[indexOf(tag) ?? -1];
  const named = members.map(({ label, name, aliases }) => ({ label, names: [name ?? label, ...(aliases ?? [])] }));
  return { members, memberOf, mentionsIn: mentionFinder(named) };
}

const capitals = (name: string | undefined): number => name?.match(/\p{Lu}/gu)?.length ?? 0;
