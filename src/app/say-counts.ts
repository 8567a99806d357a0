import { type NarrativeList, narrativeLists } from '../../schema/narrative.js';
import { counted } from '../narrative/counted.js';

/** What a narrative holds, in words: `1 scene, 14 shots, 2 story objects`. */
export function sayCounts(counts: Readonly<Partial<Record<NarrativeList, number>>>): string {
  return (Object.keys(narrativeLists) as NarrativeList[])
    .flatMap((list) => {
      const count = counts[list] ?? 0;
      return count > 0 ? [counted(count, nounOf(list))] : [];
    })
    .join(', ');
}

/** `SpeechInterval` as people write it. */
const nounOf = (list: NarrativeList) =>
  narrativeLists[list].replaceAll(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
