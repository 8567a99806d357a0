/** SkyScript JSON: what is seen and said, key frame by key frame, as SkyScript-100M publishes it (Tang et al. 2024). */
import type { Format, ReportItem } from './format.js';
import { Fitting, inTextOrder } from './json-script/fitting.js';
import { layoutOf } from './json-script/layout.js';
import { keysIn } from './json-script/tell-keys.js';
import { repairJson } from './repair/repair-json.js';
import { buildNarrative } from './script/build-narrative.js';
import { formatName, keep, keptOf } from './skyscript/kept.js';
import { draftOfDocument } from './skyscript/parse.js';
import { stretchLines } from './skyscript/stretch-lines.js';
import { writeSkyScript } from './skyscript/write.js';

const own = { format: { name: formatName, title: 'SkyScript' }, version: '1' } as const;

export const skyScript: Format = {
  ...own.format,
  version: own.version,
  extensions: ['skyscript.json', 'json'],
  recognise,
  read(text, options) {
    const { value, report, placeOf } = repairJson(text);
    const fitting = new Fitting(placeOf);
    const draft = draftOfDocument(value, fitting);
    const foreign = keep({ ...keptOf(draft), ...layoutOf(text) });
    const reading = buildNarrative(
      { ...draft, foreign },
      { ...options, ...own, report: inTextOrder([...report, ...fitting.report]) },
    );
    const narrative = stretchLines(reading.narrative);
    if (narrative.persons.length === 0) return { ...reading, narrative };
    const { report: told } = narrative.episode;
    return {
      narrative: {
        ...narrative,
        episode: { ...narrative.episode, report: { ...told, gaps: [...told.gaps, nameless] } },
      },
      report: [...reading.report, sayNameless(narrative.persons.length)],
    };
  },
  write: writeSkyScript,
};

const nameless = {
  stage: 'import',
  missing: 'Who is who: SkyScript names nobody, so whoever is in several cases is a person in each.',
  remedy: 'Merge them with fabula characters.',
};

const sayNameless = (count: number): ReportItem => ({
  what: 'CHANGED',
  reason: `Nobody has a name: each of ${count} people is a person of their own.`,
});

/** By keys that no other format has. */
function recognise(text: string): number {
  const has = keysIn(text);
  if (!has) return 0;
  const marks = ['Scene Description', 'BGM', 'Continuous Emotion', 'Shot Type', 'people'].filter(has).length;
  if (has('Case_\\d+')) return marks > 0 || has('Scene') ? 0.98 : 0.6;
  return marks >= 3 ? 0.95 : marks === 2 ? 0.7 : 0;
}
