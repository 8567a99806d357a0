import type { Edit } from '../../schema/edit.js';
import type { EpisodeCast } from '../../schema/episode-cast.js';
import type { Narrative } from '../../schema/narrative.js';
import { replayEdits } from './edits.js';

/** Makes a narrative richer: reads some of its nouns and adds others, or fills fields that it owns. Pure. */
export type Analysis = (narrative: Narrative) => Narrative;

/** In order: each sees what those before it added. Emotion, relationships, causes and highlights will stand here. */
const analyses: readonly Analysis[] = [];

/** Base + who people say is who + edits → analyses → effective: people's corrections come first, so that all that is derived rests on them. */
export function deriveNarrative(
  base: Narrative,
  edits: readonly Edit[],
  cast?: EpisodeCast,
): { readonly effective: Narrative; readonly edits: readonly Edit[] } {
  const { corrected, edits: states } = replayEdits(base, edits, cast);
  return { effective: analyses.reduce((narrative, analyse) => analyse(narrative), corrected), edits: states };
}
