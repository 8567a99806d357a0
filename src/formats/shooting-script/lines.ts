/** The labelled lines of a shooting script: `CAMERA POSITION: …`, with the lines that go on with what they say. */

export type Label =
  | 'TITLE'
  | 'SCENE'
  | 'DESCRIPTION'
  | 'SHOT'
  | 'CAMERA POSITION'
  | 'FOCUS'
  | 'ACTION'
  | 'DIALOGUE'
  | 'SOUND'
  | 'HIGHLIGHT SCORE'
  | 'LOCATION'
  | 'TIME'
  | 'SHOT SIZE'
  | 'CAMERA ANGLE'
  | 'CAMERA MOVEMENT'
  | 'TRANSITION'
  | 'MAIN SUBJECT'
  | 'EVENT NUMBER'
  | 'EVENT'
  | 'NOTE'
  | 'TEXT';

export interface LabelledLine {
  readonly label: Label;
  /** What stands in the label beside its words: a number, or who a location is of. */
  readonly subject: string;
  /** What it says; lines that go on with it are separated by \n. */
  readonly value: string;
  /** In the whole text; `end` is where the last line's end begins. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
}

const labels: readonly (readonly [Label, RegExp])[] = [
  ['SCENE', /^SCENE\s+(\d+[A-Z]?)\s*[:.\-–]?\s*(.*)$/is],
  ['SHOT', /^SHOT\s+#?(\d+[A-Z]?)\s*(?:[:.\-–]\s*(.*))?$/is],
  ['LOCATION', /^3D\s+(?:Location|Position)\s+of\s+["“”'‘]?(.+?)["“”'’]?\s*[:：]\s*(.*)$/is],
  ...(
    [
      ['TITLE', 'TITLE'],
      ['DESCRIPTION', '(?:SCENE\\s+)?DESCRIPTION'],
      ['CAMERA POSITION', 'CAMERA\\s+POSITION'],
      ['FOCUS', 'FOCUS'],
      ['ACTION', 'ACTION'],
      ['DIALOGUE', 'DIALOG(?:UE)?|LINE'],
      ['SOUND', 'SOUND(?:\\s+EFFECTS?)?|AUDIO(?:\\s+CUE)?|SFX'],
      ['HIGHLIGHT SCORE', 'HIGHLIGHT\\s+SCORE'],
      ['TIME', '(?:CAMERA\\s+DETAILS?\\s*[-–:]\\s*)?(?:TIME|DURATION)'],
      ['SHOT SIZE', '(?:CAMERA\\s+DETAILS?\\s*[-–:]\\s*)?SHOT\\s+SIZE'],
      ['CAMERA ANGLE', '(?:CAMERA\\s+DETAILS?\\s*[-–:]\\s*)?(?:CAMERA\\s+)?ANGLE'],
      ['CAMERA MOVEMENT', '(?:CAMERA\\s+DETAILS?\\s*[-–:]\\s*)?(?:CAMERA\\s+)?MOVEMENT'],
      ['TRANSITION', '(?:CAMERA\\s+DETAILS?\\s*[-–:]\\s*)?TRANSITION'],
      ['MAIN SUBJECT', '(?:CAMERA\\s+DETAILS?\\s*[-–:]\\s*)?MAIN\\s+SUBJECTS?'],
      ['EVENT NUMBER', 'EVENT\\s+(?:NUMBER|NO\\.?)'],
      ['EVENT', 'EVENT'],
    ] as const
  ).map(([label, words]) => [label, new RegExp(`^(?:${words})()\\s*[:：]\\s*(.*)$`, 'is')] as const),
];

/** Labels whose value may go on behind an empty line. */
const loose: ReadonlySet<Label> = new Set(['DESCRIPTION']);
/** Labels that say all they have to say on their own line. */
const oneLined: ReadonlySet<Label> = new Set<Label>([
  ...([
    'SCENE',
    'SHOT',
    'HIGHLIGHT SCORE',
    'LOCATION',
    'TIME',
    'SHOT SIZE',
    'CAMERA ANGLE',
    'CAMERA MOVEMENT',
  ] as const),
  ...(['TRANSITION', 'MAIN SUBJECT', 'EVENT NUMBER', 'TITLE', 'NOTE', 'TEXT'] as const),
]);

/** All lines that say something. Notes of ours are one line each, as NOTE; what has no label is TEXT. */
export function readLabelledLines(text: string): LabelledLine[] {
  const found: LabelledLine[] = [];
  let isAfterBlank = false;
  let openNote: LabelledLine | undefined;
  let number = 0;
  for (const { index, 0: whole } of text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)) {
    if (whole === '') break;
    number++;
    const shown = whole.replace(/[\r\n]+$/, '');
    const end = index + shown.length;
    if (openNote ?? /^\s*\[\[\s*fabula:/.test(shown)) {
      const note: LabelledLine = openNote
        ? { ...openNote, value: `${openNote.value}\n${shown}`, end }
        : { label: 'NOTE', subject: '', value: shown, start: index, end, line: number };
      openNote = shown.includes(']]') ? undefined : note;
      if (!openNote) found.push(note);
      isAfterBlank = true;
      continue;
    }
    const plain = undecorated(shown);
    if (plain === '') {
      isAfterBlank = true;
      continue;
    }
    const labelled = labelledOf(plain);
    const last = found.at(-1);
    if (labelled) found.push({ ...labelled, start: index, end, line: number });
    else if (
      last &&
      !oneLined.has(last.label) &&
      (!isAfterBlank || loose.has(last.label)) &&
      !/^[(（].*[)）]$/s.test(plain)
    )
      found[found.length - 1] = {
        ...last,
        value: last.value === '' ? shown.trim() : `${last.value}\n${shown.trim()}`,
        end,
      };
    else found.push({ label: 'TEXT', subject: '', value: shown.trim(), start: index, end, line: number });
    isAfterBlank = false;
  }
  // A note that nobody closed is text.
  if (openNote) found.push({ ...openNote, label: 'TEXT' });
  return found;
}

function labelledOf(line: string): Pick<LabelledLine, 'label' | 'subject' | 'value'> | undefined {
  for (const [label, pattern] of labels) {
    const [, subject = '', value = ''] = pattern.exec(line) ?? [undefined];
    if (pattern.test(line)) return { label, subject, value: value.trim() };
  }
  return undefined;
}

/** Without the marks with which people and language models set labels off: `**DESCRIPTION:**`, `### SCENE 1`, `- SHOT`. */
const undecorated = (line: string): string =>
  line
    .trim()
    .replace(/^(?:#{1,6}|[-•])\s+/, '')
    .replace(/^\*{1,3}([^*\n]+?)\*{1,3}(?=\s|$|:)/, '$1')
    .trim();
