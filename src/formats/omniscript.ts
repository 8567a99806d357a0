/** OmniScript JSON: scenes and timed events of a film as video-to-script models write them (Pu et al. 2026, arXiv 2604.11102). */
import type { Format } from './format.js';
import { Fitting, inTextOrder } from './json-script/fitting.js';
import { formatName, keep, keptOf, type Layout } from './omniscript/kept.js';
import { draftOfDocument } from './omniscript/parse.js';
import { writeOmniScript } from './omniscript/write.js';
import { repairJson } from './repair/repair-json.js';
import { buildNarrative } from './script/build-narrative.js';
import { draftOf } from './script/draft-of.js';

const own = { format: { name: formatName, title: 'OmniScript' }, version: '1' } as const;

export const omniScript: Format = {
  ...own.format,
  version: own.version,
  extensions: ['omniscript.json', 'json'],
  recognise,
  read(text, options) {
    const { value, report, placeOf } = repairJson(text);
    const fitting = new Fitting(placeOf);
    const { foreign, ...draft } = draftOfDocument(value, fitting);
    const kept = keptOf({ foreign });
    const laidOut = kept && keep({ ...kept, layout: layoutOf(text) });
    return buildNarrative(
      { ...draft, foreign: laidOut },
      { ...options, ...own, report: inTextOrder([...report, ...fitting.report]) },
    );
  },
  write: (narrative) =>
    writeOmniScript(narrative, (document) => {
      const draft = draftOfDocument(document, new Fitting());
      return draftOf(buildNarrative(draft, { episodeId: 'read-back', ...own }).narrative).draft;
    }),
};

/** By keys that no other format has, however broken the JSON around them is. */
function recognise(text: string): number {
  const sample = text.slice(0, 100_000);
  if (!/[{[]/.test(sample) || /^\s*\{\s*"narrativeVersion"/.test(sample)) return 0;
  const has = (key: string) => new RegExp(`["'“]?\\b${key}["'”]?\\s*:`, 'i').test(sample);
  if (has('Case_\\d+') || !has('events')) return 0;
  const [isScript, isScene] = [has('script'), has('scene_id') || (has('location') && has('timestamp'))];
  return isScript && (isScene || has('meta')) ? 0.98 : isScene ? 0.9 : isScript ? 0.7 : 0;
}

/** As far as the first line of its JSON and the end tell. */
function layoutOf(text: string): Layout {
  const [, indent = ''] = /[{[]\r?\n([ \t]{1,8})\S/.exec(text.slice(0, 100_000)) ?? [];
  return { indent: /^ *$/.test(indent) ? indent.length : indent, end: /[}\]](\s*)$/.exec(text)?.[1] ?? '\n' };
}
