/** OmniScript JSON: scenes and timed events of a film as video-to-script models write them (Pu et al. 2026, arXiv 2604.11102). */
import type { Format } from './format.js';
import { Fitting, inTextOrder } from './json-script/fitting.js';
import { layoutOf } from './json-script/layout.js';
import { keysIn } from './json-script/tell-keys.js';
import { formatName, keep, keptOf } from './omniscript/kept.js';
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

/** By keys that no other format has. */
function recognise(text: string): number {
  const has = keysIn(text);
  if (!has || has('Case_\\d+') || !has('events')) return 0;
  const [isScript, isScene] = [has('script'), has('scene_id') || (has('location') && has('timestamp'))];
  return isScript && (isScene || has('meta')) ? 0.98 : isScene ? 0.9 : isScript ? 0.7 : 0;
}
