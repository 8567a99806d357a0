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
 * only one of them speaks; undefined where they contradict each other (translated subtitles) or nothing is tagged.
 */
export function agreedLanguage(
  soundTag: string | undefined,
  cueTags: readonly (string | undefined)[],
): string | undefined {
  const heard = primaryLanguage(soundTag);
  const read = cueTags.map(primaryLanguage).filter((language) => language !== undefined);
  if (read.length === 0) return heard;
  const counts = new Map<string, number>();
  for (const language of read) counts.set(language, (counts.get(language) ?? 0) + 1);
  const [common, count] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best));
  if (count < majority * read.length) return undefined;
  return heard === undefined || heard === common ? common : undefined;
}
