/** Who a speaker tag names: `MARA (V.O.)` is Mara, heard and not seen. Screenplay usage, as in fountain.io's syntax. */
export interface Speaker {
  /** The same for every spelling of one tag. */
  readonly key: string;
  /** As a person would write it: capitals only are a convention of scripts and subtitles, not of names. */
  readonly name: string;
  /** Which voice speaks, where the tag says so. */
  readonly voiceType?: string;
}

/** By what stands between brackets, small letters only. */
const voiceTypes: Readonly<Record<string, string>> = {
  vo: 'voice-over',
  os: 'off-screen',
  oc: 'off-screen',
  off: 'off-screen',
  offscreen: 'off-screen',
  offcamera: 'off-screen',
  offstage: 'off-screen',
  horschamp: 'off-screen',
  voiceover: 'voice-over',
  voixoff: 'voice-over',
  voixhorschamp: 'off-screen',
  画外音: 'off-screen',
  畫外音: 'off-screen',
  画外: 'off-screen',
  畫外: 'off-screen',
  旁白: 'narration',
  独白: 'voice-over',
  獨白: 'voice-over',
  内心独白: 'voice-over',
  narrator: 'narration',
  narration: 'narration',
};

/** The speaker that a tag names; undefined when nothing is left but punctuation. */
export function readSpeaker(tag: string): Speaker | undefined {
  const straight = tag.normalize('NFKC');
  const voiceType = [...straight.matchAll(/\(([^)]*)\)?/g)]
    .flatMap(([, extension = '']) => extension.split(/[,;/]/))
    .map((extension) => voiceTypes[extension.toLowerCase().replaceAll(/[^\p{L}]/gu, '')])
    .find((found) => found !== undefined);
  const plain = straight
    .replaceAll(/\([^)]*\)?/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s:>-]+|[\s:^]+$/g, '');
  if (!/[\p{L}\p{N}]/u.test(plain)) return undefined;
  return { key: plain.toLowerCase(), name: nameCase(plain), ...(voiceType && { voiceType }) };
}

/** Letters whose capitals differ in size alone: readers of pictures mistake one for the other (`ToMAs`). */
const sameShape = new Set('cosuvwxz');

/**
 * `MRS. O'NEILL` → `Mrs. O'Neill`; a tag in mixed case is left as somebody wrote it. Where all letters that tell their
 * case are capitals, the tag is in capitals.
 */
function nameCase(tag: string): string {
  const letters = [...tag].filter((letter) => letter.toLowerCase() !== letter.toUpperCase());
  const telling = letters.filter((letter) => !sameShape.has(letter.toLowerCase()));
  const judged = telling.length > 0 ? telling : letters;
  const capitals = judged.filter((letter) => letter === letter.toUpperCase()).length;
  if (capitals > 0 && capitals < judged.length) return tag;
  const small = tag.toLowerCase().replaceAll(/(?<=^|[\s.-]|\b[od]['’])\p{L}/gu, (initial) => initial.toUpperCase());
  // McCLANE says where its second capital stands.
  return small.replaceAll(/(?<=\bMc)\p{Ll}/gu, (letter, at: number) =>
    tag.slice(at - 1).startsWith(`c${letter.toUpperCase()}`) ? letter.toUpperCase() : letter,
  );
}
