import type { Person } from '../../schema/person.js';
import { readSpeaker } from '../../src/formats/speaker.js';
import type { FoundEvent } from '../findings.js';
import type { NodeMaker } from './node-maker.js';

/** Who is named by the speaker tags of lines (in order of time), one person a name however it is spelled. */
export function personsFromTags(
  lines: readonly FoundEvent[],
  make: NodeMaker,
  cueIdOf: (line: FoundEvent) => string | undefined,
): { readonly persons: Person[]; readonly personOf: (line: FoundEvent) => Person | undefined } {
  const byKey = new Map<string, Person>();
  for (const line of lines) {
    const speaker = line.speakerTag === undefined ? undefined : readSpeaker(line.speakerTag);
    if (!speaker) continue;
    const nodeId = cueIdOf(line);
    const { startMs, endMs, confidence } = line;
    const evidence = { startMs, endMs, ...(nodeId && { nodeId }), note: `Tagged “${line.speakerTag}”.` };
    const person = byKey.get(speaker.key) ?? {
      ...make('Person', 'cues', startMs, { confidence, evidence: [evidence] }),
      name: speaker.name,
      aliases: [],
      provisional: false,
      screenTimeMs: 0,
      lineCount: 0,
    };
    person.lineCount++;
    person.provenance.confidence = Math.max(person.provenance.confidence, confidence);
    // Somebody who writes "McCoy" knows better than what "MCCOY" can be turned into.
    if (capitals(speaker.name) > capitals(person.name)) person.name = speaker.name;
    byKey.set(speaker.key, person);
  }
  const personOf = ({ speakerTag }: FoundEvent) =>
    speakerTag === undefined ? undefined : byKey.get(readSpeaker(speakerTag)?.key ?? '');
  return { persons: [...byKey.values()], personOf };
}

const capitals = (name: string | undefined): number => name?.match(/\p{Lu}/gu)?.length ?? 0;
