import type { Edit } from '../../schema/edit.js';
import type { EpisodeCast } from '../../schema/episode-cast.js';
import type { Narrative } from '../../schema/narrative.js';
import { alignment } from './alignment/by-alignment.js';
import { weaveScripts } from './alignment/weave.js';
import { replayEdits, replayOnDerived } from './edits.js';
import { analysePresence } from './presence/presence.js';
import { presence } from './presence/presence-event.js';

/** Makes a narrative richer: reads some of its nouns and adds others, or fills fields that it owns. Pure. */
export type Analysis = (narrative: Narrative) => Narrative;

/** In order: each sees what those before it added. Emotion, relationships, causes and highlights will stand here. */
const analyses: readonly { readonly by: string; readonly version: string; readonly analyse: Analysis }[] = [
  { ...presence, analyse: analysePresence },
];

/** Changes whenever the analyses may find something else in the same narrative: what they found before is then stale. */
export const derivationVersion = [alignment, ...analyses].map(({ by, version }) => `${by} ${version}`).join(', ');

/**
 * Base + aligned scripts + who people say is who + edits → analyses → effective: people's corrections come first, so
 * that all that is derived rests on them; those of what is derived come last, so that a person's word outranks the analyses too.
 */
export function deriveNarrative(
  base: Narrative,
  edits: readonly Edit[],
  cast?: EpisodeCast,
): { readonly woven: Narrative; readonly effective: Narrative; readonly edits: readonly Edit[] } {
  const { woven, edits: laid } = weaveScripts(base, edits);
  const { corrected, edits: states } = replayEdits(woven, laid, cast);
  const derived = analyses.reduce((narrative, { analyse }) => analyse(narrative), corrected);
  return { woven, ...replayOnDerived(corrected, derived, states) };
}
