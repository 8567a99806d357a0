import type { Narrative } from '../../../schema/narrative.js';
import { groupBy } from '../../narrative/group-by.js';
import { isPresenceEvent } from '../../narrative/presence/presence-event.js';
import type { DraftElement, ScriptDraft } from '../script/script-draft.js';

/** When the elements of a narrative's draft begin, in milliseconds, estimated or not. */
export function eventStarts(draft: ScriptDraft, narrative: Narrative): ReadonlyMap<DraftElement, number> {
  const told = narrative.events.filter((event) => !isPresenceEvent(event));
  const eventsOf = groupBy(told, ({ sceneId }) => sceneId);
  return new Map(
    narrative.scenes.flatMap(({ id }, n) => {
      const events = eventsOf.get(id) ?? [];
      const elements = draft.scenes[n]?.shots.flatMap((shot) => shot.elements) ?? [];
      return elements.flatMap((element, k) => {
        const startMs = events[k]?.startMs;
        return startMs === undefined ? [] : [[element, startMs] as const];
      });
    }),
  );
}
