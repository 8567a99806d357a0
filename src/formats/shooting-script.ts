/** Refined shooting scripts: the text that SkyScript-100M shows in its Table 1 (Tang et al. 2024). */
import type { Format } from './format.js';
import { scriptFormat } from './script/script-format.js';
import { parseShootingScript } from './shooting-script/parse.js';
import * as writer from './shooting-script/write.js';

export const shootingScript: Format = scriptFormat(
  {
    name: 'shooting-script',
    title: 'Shooting script',
    version: '1',
    hasShots: true,
    transitions: 'shot',
    parse: parseShootingScript,
    head: writer.writeTitle,
    tail: () => '',
    scene: writer.writeScene,
    shot: writer.writeShot,
    element: writer.writeElement,
    details: writer.writeNote,
    withoutDetails: writer.withoutNotes,
    separator: '\n',
    gap: (text) => (text === '' || /\n$/.test(text) ? '' : '\n'),
    retitle: writer.retitle,
  },
  { extensions: ['shooting.txt', 'txt'], recognise },
);

/** By its numbered shots, and the labels that no other script has. */
function recognise(text: string): number {
  const sample = text.slice(0, 60_000);
  const shots = /^[\s*#-]*SHOT\s+#?\d+[A-Z]?\s*[:.\-–]/im.test(sample);
  const scenes = /^[\s*#-]*SCENE\s+\d+/im.test(sample);
  const labels =
    /^[\s*#-]*(?:CAMERA POSITION|Camera Detail|Highlight Score|3D Location|FOCUS|Event Number)\b.*:/im.test(sample);
  if (/^\s*[<{]/.test(sample)) return 0;
  return shots && labels ? 0.98 : shots && scenes ? 0.9 : labels && scenes ? 0.85 : 0;
}
