import type { OtherReading } from '../../schema/provenance.js';

/** Share of the tagged cues that must agree before they speak for the film. */
const majority = 0.9;

/** `chi` and `zh-Hans` are both `zh`; undefined for no, several or an undetermined language. */
function primaryLanguage(tag: string | undefined): string | undefined {
  if (!tag) return undefined;
  try {
    const { language } = new Intl.Locale(tag);
    return language && !['und', 'mul', 'zxx', 'mis'].includes(language) ? language : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The main spoken language as a BCP 47 tag, where the sound stream's tag and nine tenths of the tagged cues agree or
 * only one of them speaks. Where they contradict each other (translated subtitles, or a tag that nobody set with care)
 * the language stays unknown and both readings are kept.
 */
export function readLanguage(
  soundTag: string | undefined,
  cueTags: readonly (string | undefined)[],
): { readonly language?: string; readonly otherReadings: OtherReading[] } {
  const heard = primaryLanguage(soundTag);
  const tagged = cueTags.map(primaryLanguage).filter((language) => language !== undefined);
  const counts = new Map<string, number>();
  for (const language of tagged) counts.set(language, (counts.get(language) ?? 0) + 1);
  const [common, count] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), ['', 0]);
  const read = count > 0 && count >= majority * tagged.length ? common : undefined;
  if (tagged.length === 0 || heard === read) return { language: heard, otherReadings: [] };
  if (heard === undefined && read !== undefined) return { language: read, otherReadings: [] };
  return {
    otherReadings: [
      ...(heard === undefined ? [] : [{ field: 'language', value: heard, by: 'probe', confidence: 0.5 }]),
      ...[...counts].map(([value, cues]) => ({
        field: 'language',
        value,
        by: 'cues',
        confidence: (0.5 * cues) / tagged.length,
      })),
    ],
  };
}
