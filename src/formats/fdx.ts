/** Final Draft (.fdx): a screenplay as XML paragraphs. */
import { parseFdx } from './fdx/parse.js';
import * as fdxWriter from './fdx/write.js';
import type { Format } from './format.js';
import { scriptFormat } from './script/script-format.js';

export const fdx: Format = scriptFormat(
  {
    name: 'fdx',
    title: 'Final Draft',
    version: '2',
    hasShots: true,
    transitions: 'scene',
    parse: parseFdx,
    head: fdxWriter.writeHead,
    tail: fdxWriter.writeTail,
    scene: fdxWriter.writeScene,
    shot: fdxWriter.writeShot,
    element: fdxWriter.writeElement,
    details: fdxWriter.writeNote,
    withoutDetails: fdxWriter.withoutNotes,
    separator: fdxWriter.separator,
    gap: () => '',
    retitle: fdxWriter.retitle,
  },
  {
    extensions: ['fdx'],
    recognise: (text) =>
      /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<FinalDraft[\s>]/.test(text)
        ? 1
        : /<FinalDraft\b/.test(text.slice(0, 4_000))
          ? 0.7
          : 0,
  },
);
