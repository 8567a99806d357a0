/** Advanced SubStation Alpha (.ass) and its ancestor (.ssa), typeset subtitles: https://github.com/libass/libass/wiki. */
import { readDialogues } from './ass/read.js';
import { retitled, writeDialogue, writeHead } from './ass/write.js';
import type { Format } from './format.js';
import { assembleCues, type Subtitles } from './subtitle-cue.js';
import { subtitleFormat } from './timed/subtitle-format.js';
import { isAss, isWebVtt } from './timed/tell-subtitles.js';

/** The Dialogue lines of [Events], their Name as the speaker. SUBTITLES_UNREADABLE with the line. */
export const readAss = (text: string): Subtitles => assembleCues(readDialogues(text));

export const ass: Format = subtitleFormat({
  ...{ name: 'ass', title: 'Advanced SubStation Alpha', version: '1', extensions: ['ass', 'ssa'] },
  recognise: (text) => (isWebVtt(text) ? 0 : /^\s*\[Script Info\]/i.test(text) ? 1 : isAss(text) ? 0.9 : 0),
  read: (text) => ({ ...readAss(text), title: titleIn(text) }),
  ...{ showsSpeakers: false, stepMs: 10, episode: ['title'] },
  head: writeHead,
  retitled,
  cue: writeDialogue,
  gap: (text) => (text === '' || /[\r\n]$/.test(text) ? '' : '\n'),
});

/** As Aegisub fills it in for those who do not. */
const noTitle = /^(?:<untitled>|untitled|default aegisub file)?$/i;

function titleIn(text: string): string | undefined {
  const title = /^Title:[^\S\r\n]*(.*?)[^\S\r\n]*$/m.exec(text.slice(0, text.search(/^\s*Dialogue\s*:/m)))?.[1] ?? '';
  return noTitle.test(title) ? undefined : title;
}
