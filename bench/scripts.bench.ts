/**
 * What a screenplay of 120 pages costs in each format: telling, reading, validating, writing it back to the letter, and
 * writing it anew. CPU seconds (user + system), the median of five runs after one that warms up.
 */
import { validateNarrative } from '../schema/narrative.js';
import { fdx } from '../src/formats/fdx.js';
import { fountain } from '../src/formats/fountain.js';
import { omniScript } from '../src/formats/omniscript.js';
import { shootingScript } from '../src/formats/shooting-script.js';
import { skyScript } from '../src/formats/skyscript.js';

const linesPerPage = 54;
const pages = Number(process.argv[2] ?? 120);
const runs = 5;

const names = ['MARA', 'TOMAS', 'IDA', 'DR. OKAFOR', 'SERGEANT PELL', 'THE BOY'];
const words = 'the lamp burns over an empty table while rain comes down on slate and nobody speaks of the boat'.split(
  ' ',
);

/** A screenplay that is the same every time. */
function writeScreenplay(): string {
  let seed = 1;
  const draw = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const sentence = (length: number) => {
    const drawn = Array.from({ length }, () => words[draw(words.length)]).join(' ');
    return `${drawn.charAt(0).toUpperCase()}${drawn.slice(1)}.`;
  };
  const blocks = ['Title: Long'];
  for (let lines = 0, scene = 0; lines < pages * linesPerPage; ) {
    blocks.push(`INT. ROOM ${++scene} - DAY`);
    lines += 2;
    for (let n = 0; n < 25; n++) {
      const isSpoken = draw(3) > 0;
      const said = sentence(isSpoken ? 6 + draw(20) : 20 + draw(30));
      blocks.push(isSpoken ? `${names[draw(names.length)]}\n${said}` : said);
      lines += isSpoken ? Math.ceil(said.length / 35) + 2 : Math.ceil(said.length / 60) + 1;
    }
  }
  return `${blocks.join('\n\n')}\n`;
}

function cpuSecondsOf(work: () => void): string {
  const taken = Array.from({ length: runs + 1 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  const [cold = 0, ...warm] = taken;
  const median = warm.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
  return `${median.toFixed(2)} (first ${cold.toFixed(2)})`;
}

const story = fountain.read?.(writeScreenplay(), { episodeId: 'long' }).narrative;
if (!story) throw new Error('Fountain cannot be read.');
const rows = [fountain, fdx, shootingScript, omniScript, skyScript].map((format) => {
  const text = format.write?.(story).text ?? '';
  const read = () => format.read?.(text, { episodeId: 'long' }).narrative ?? story;
  const narrative = read();
  return {
    format: format.title,
    characters: text.length,
    events: narrative.events.length,
    tell: cpuSecondsOf(() => format.recognise(text)),
    read: cpuSecondsOf(read),
    validate: cpuSecondsOf(() => validateNarrative(narrative)),
    'write back': cpuSecondsOf(() => format.write?.(narrative)),
    'write anew': cpuSecondsOf(() =>
      format.write?.({
        ...narrative,
        episode: { ...narrative.episode, foreign: {} },
        scenes: narrative.scenes.map(({ foreign: _, ...scene }) => scene),
        shots: narrative.shots.map(({ foreign: _, ...shot }) => shot),
        events: narrative.events.map(({ foreign: _, ...event }) => event),
      }),
    ),
  };
});
console.log(`${pages} pages, CPU seconds:`);
console.table(rows);
