/** Scripts that people aligned to a film, laid over what was analysed: before anybody is told apart or corrected. */
import type { Edit } from '../../../schema/edit.js';
import { FabulaError } from '../../../schema/errors.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { Alignment } from './alignment.js';
import { layScript } from './lay-script.js';

/**
 * The base with all aligned scripts over it in the order in which they were aligned, and the edits with what became of
 * each. The base itself comes back where there is none.
 */
export function weaveScripts(
  base: Narrative,
  edits: readonly Edit[],
): { readonly woven: Narrative; readonly edits: readonly Edit[] } {
  let woven = base;
  const states = edits.map((edit): Edit => {
    if (edit.operation.operation !== 'ALIGN') return edit;
    const { appliedTo: _, ...kept } = edit;
    if (edit.state === 'UNDONE') return kept;
    try {
      woven = layScript(woven, edit.operation.value as Alignment);
      return { ...kept, state: 'APPLIED', appliedTo: base.episode.id };
    } catch (error) {
      if (error instanceof FabulaError && error.code === 'SCRIPT_MISMATCH') return { ...kept, state: 'ORPHANED' };
      throw error;
    }
  });
  return { woven, edits: states };
}
