/** The first hour of a film as people annotated it, as the draft of a script; undefined where the data is not here. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { buildNarrative } from '../src/formats/script/build-narrative.js';
import type { DraftElement, DraftScene, ScriptDraft } from '../src/formats/script/script-draft.js';

const folder = fileURLToPath(new URL('../../../shared/data/studyforrest/', import.meta.url));

export const hasStudyForrest = existsSync(`${folder}dialogue.csv`);

const table = (name: string): Readonly<Record<string, string>>[] =>
  parse(readFileSync(`${folder}${name}`), { columns: true });
const ms = (seconds: string | undefined) => Math.round(Number(seconds) * 1000);
/** `GUMP HOUSE` → `Gump House`. */
const titled = (words: string | undefined) =>
  (words ?? '').toLowerCase().replaceAll(/\b\p{L}/gu, (letter) => letter.toUpperCase());

export function studyForrestDraft(): ScriptDraft {
  const lines = table('dialogue.csv').map(({ start, end, person, text }): DraftElement & { startMs: number } => ({
    ...{ type: 'LINE', startMs: ms(start), endMs: ms(end), person: person ?? '', dialogue: text ?? '' },
  }));
  const rows = table('scenes.csv');
  const scenes = rows.map(({ start, location, tod, setting }, n): DraftScene => {
    const [from, to] = [ms(start), rows[n + 1] ? ms(rows[n + 1]!.start) : Number.POSITIVE_INFINITY];
    return {
      ...{
        startMs: from,
        setting: setting === 'INT' ? 'INT' : 'EXT',
        location: titled(location),
        timeOfDay: titled(tod),
      },
      shots: [{ elements: lines.filter(({ startMs }) => startMs >= from && startMs < to) }],
    };
  });
  return { title: 'Forrest Gump', language: 'en', scenes };
}

export const studyForrest = () =>
  buildNarrative(studyForrestDraft(), {
    ...{ episodeId: 'forrest', format: { name: 'omniscript', title: 'OmniScript' }, version: '1' },
  }).narrative;
