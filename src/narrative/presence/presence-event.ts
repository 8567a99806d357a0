import type { Appearance } from '../../../schema/appearance.js';
import type { Event } from '../../../schema/event.js';
import { nodeId } from '../../../schema/narrative.js';
import type { Evidence } from '../../../schema/provenance.js';
import type { Solitude } from './alone.js';
import type { Coming } from './comings.js';
import type { SceneCast } from './scene-cast.js';

/** As provenance names this analysis; how sure it is that a scene holds just those who are seen or heard in it. */
export const presence = { by: 'presence', version: '1', unseen: 0.5 } as const;

/** An event of this length stands for a moment; its evidence begins as long before it. */
const momentMs = 1000;
/** Ours. A track may have been lost or found at the edge; less so where the scene goes on around it. */
const comingConfidence = { alone: 0.5, withOthers: 0.6 } as const;
/** Ours. Somebody else may stand where the camera never looks; more so where others are in the scene. */
const aloneConfidence = { NO_OTHERS: 0.6, NOT_YET: 0.5, NO_MORE: 0.5 } as const satisfies Record<
  Solitude['why'],
  number
>;
const aloneWords = {
  NO_OTHERS: 'Nobody else is seen in the scene.',
  NOT_YET: 'Nobody else is there yet.',
  NO_MORE: 'Nobody else is there any more.',
} as const satisfies Record<Solitude['why'], string>;

export const isPresenceEvent = ({ provenance }: Event) => provenance.by === presence.by;

export function describeComing({ type, side, appearance, atMs, others }: Coming, cast: SceneCast): Event {
  const { shotId, personId } = appearance;
  const shot = cast.shots.find(({ id }) => id === shotId) ?? cast.scene;
  const wantedMs = type === 'ENTRANCE' ? atMs : atMs - momentMs;
  const startMs = Math.max(shot.startMs, Math.min(wantedMs, shot.endMs - momentMs));
  const endMs = Math.min(shot.endMs, startMs + momentMs);
  const from = side.toLowerCase();
  const evidence = [
    {
      startMs: Math.max(shot.startMs, startMs - momentMs),
      endMs: Math.min(shot.endMs, endMs + momentMs),
      nodeId: appearance.id,
      note: type === 'ENTRANCE' ? `Moves in over the ${from} edge.` : `Moves out over the ${from} edge.`,
    },
  ];
  return eventOf(cast, [appearance], {
    ...{ type, startMs, endMs, personId },
    shotIds: [shotId],
    description: type === 'ENTRANCE' ? `Comes in from the ${from}.` : `Leaves to the ${from}.`,
    confidence: others ? comingConfidence.withOthers : comingConfidence.alone,
    evidence,
  });
}

export function describeSolitude(solitude: Solitude, cast: SceneCast): Event {
  const { personId, startMs, endMs, appearances, seenShare, why } = solitude;
  const shots = cast.shots.filter((shot) => shot.startMs < endMs && shot.endMs > startMs);
  return eventOf(cast, appearances, {
    ...{ type: 'ALONE', startMs, endMs, personId },
    shotIds: shots.map(({ id }) => id),
    description: aloneWords[why],
    confidence: Number((seenShare * aloneConfidence[why]).toFixed(2)),
    evidence: [
      { startMs, endMs, note: `Seen for ${Math.round(seenShare * 100)} % of it; nobody else is seen or heard.` },
      ...appearances.map((seen) => ({ startMs: seen.startMs, endMs: seen.endMs, nodeId: seen.id })),
    ],
  });
}

interface Said extends Pick<Event, 'type' | 'startMs' | 'endMs' | 'personId' | 'shotIds' | 'description'> {
  readonly confidence: number;
  readonly evidence: Evidence[];
}

/** Who it is was said of the appearances: the event is no surer of that than the least sure of them. */
function eventOf({ scene }: SceneCast, appearances: readonly Appearance[], said: Said): Event {
  const { confidence, evidence, ...fields } = said;
  const sources = appearances.map(
    ({ provenance }) => provenance.fields?.find(({ field }) => field === 'personId') ?? provenance,
  );
  const who = sources.reduce((least, next) => (next.confidence < least.confidence ? next : least));
  const noun = fields.type.toLowerCase();
  return {
    ...{ id: nodeId(scene.episodeId, noun, fields.startMs), kind: 'Event', episodeId: scene.episodeId },
    provenance: {
      by: presence.by,
      version: presence.version,
      ...{ confidence, evidence },
      otherReadings: [],
      fields: [{ field: 'personId', by: who.by, confidence: who.confidence }],
    },
    ordinal: 0,
    ...fields,
    sceneId: scene.id,
    targetIds: [],
  };
}
