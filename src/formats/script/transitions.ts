/** Transitions as screenplays write them between scenes: `DISSOLVE TO:`, `FONDU AU NOIR`, `切至`. */
import type { Transition } from '../../../schema/enums.js';

/** Lines that are transitions although they do not end in `TO:`. */
const wellKnown =
  /^(?:FADE (?:IN|OUT|UP|TO \p{L}+)|(?:SMASH |HARD |MATCH |JUMP )?CUT TO(?: \p{L}+)?|CUT TO:? BLACK|DISSOLVE(?: TO \p{L}+)?|IRIS (?:IN|OUT)|WIPE|OUVERTURE AU NOIR|FERMETURE AU NOIR|FONDU(?: (?:AU NOIR|ENCHAÎNÉ|ENCHAINE|D[’']OUVERTURE|À L[’']OUVERTURE))?|COUPE (?:SUR|À|FRANCHE)|AUFBLENDE|ABBLENDE|ÜBERBLENDUNG|SCHNITT(?: AUF)?|淡入|淡出|切至|切入|切到|切|叠化|疊化|渐隐|渐显|漸隱|漸顯|溶镜|化入|化出)\s*[.:：。]*$/u;

/** Whether a line standing alone is a transition. */
export const isTransition = (line: string): boolean =>
  /^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*TO:$/u.test(line) || wellKnown.test(line);

/** What a transition does to the next shot. */
export function readTransition(text: string): Transition {
  const said = text.toUpperCase();
  if (/DISSOLVE|ENCHA[IÎ]N|ÜBERBLEND|叠化|疊化|溶|化入|化出/u.test(said)) return 'DISSOLVE';
  if (/FADE|FONDU|OUVERTURE|FERMETURE|BLENDE|淡|渐|漸/u.test(said)) return 'FADE';
  if (/WIPE|VOLET|划|劃/u.test(said)) return 'WIPE';
  return 'CUT';
}

/** As a screenplay prints it; a cut, which is what scenes begin with anyhow, is not printed. */
export function writeTransition(transition: Transition | undefined): string | undefined {
  switch (transition) {
    case 'DISSOLVE':
      return 'DISSOLVE TO:';
    case 'FADE':
      return 'FADE TO:';
    case 'WIPE':
      return 'WIPE TO:';
    case 'CUT':
    case 'START':
    case undefined:
      return undefined;
    default:
      return transition satisfies never;
  }
}
