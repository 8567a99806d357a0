import type { Format } from '../format.js';
import { applyDetails } from './apply-details.js';
import { buildNarrative } from './build-narrative.js';
import type { ScriptForm } from './script-form.js';
import { weave } from './weave.js';

/** The format of scripts of one form. */
export const scriptFormat = (form: ScriptForm, told: Pick<Format, 'extensions' | 'recognise'>): Format => ({
  name: form.name,
  title: form.title,
  version: form.version,
  ...told,
  read(text, options) {
    const { draft, report } = applyDetails(form.parse(text), form.name);
    return buildNarrative(draft, { ...options, format: form, version: form.version, report });
  },
  write: (narrative) => weave(narrative, form),
});
