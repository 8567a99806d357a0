import { nodeId } from '../../schema/narrative.js';

/** Makes ids of an episode that none of these nodes has, nor any made before: of one noun and start, by number. */
export function freeIds(
  episodeId: string,
  nodes: readonly { readonly id: string }[],
): (noun: string, startMs: number) => string {
  const taken = new Set(nodes.map(({ id }) => id));
  return (noun, startMs) => {
    let id = nodeId(episodeId, noun, startMs);
    for (let twin = 2; taken.has(id); twin++) id = nodeId(episodeId, noun, startMs, twin);
    taken.add(id);
    return id;
  };
}
