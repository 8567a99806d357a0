/** The annotated first hour of a film (studyforrest.org) as OmniScript JSON. Tests that need it skip where the data is not here. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { omniScript } from '../src/formats/omniscript.js';

const folder = fileURLToPath(new URL('../../../shared/data/studyforrest/', import.meta.url));

export const hasStudyForrest = existsSync(`${folder}dialogue.csv`);

const table = (name: string): Readonly<Record<string, string>>[] =>
  parse(readFileSync(`${folder}${name}`), { columns: true });
/** `GUMP HOUSE` → `Gump House`. */
const titled = (words: string | undefined) =>
  (words ?? '').toLowerCase().replaceAll(/\b\p{L}/gu, (letter) => letter.toUpperCase());
/** `225.2` → `00:03:45`. */
const timestamp = (seconds: string | undefined) =>
  new Date(Math.floor(Number(seconds)) * 1000).toISOString().slice(11, 19);

/** Scenes with place and time of day, lines with speaker and time. */
export function studyForrestText(): string {
  const lines = table('dialogue.csv');
  const rows = table('scenes.csv');
  const script = rows.map(({ start, location, tod, setting }, n) => {
    const [from, to] = [Number(start), Number(rows[n + 1]?.start ?? Number.POSITIVE_INFINITY)];
    return {
      ...{
        scene_id: n + 1,
        location: titled(location),
        type: setting === 'INT' ? 'Interior' : 'Exterior',
        time: titled(tod),
      },
      events: lines
        .filter((line) => Number(line.start) >= from && Number(line.start) < to)
        .map((line) => ({ timestamp: timestamp(line.start), character: line.person, dialogue: line.text })),
    };
  });
  const characters = [...new Set(lines.map(({ person = '' }) => person.replace(/\s*\(.*/, '')))];
  const meta = { title: 'Forrest Gump', duration: timestamp(lines.at(-1)?.end), characters };
  return `${JSON.stringify({ meta, script }, null, 2)}\n`;
}

export const studyForrest = () => omniScript.read!(studyForrestText(), { episodeId: 'forrest' }).narrative;
