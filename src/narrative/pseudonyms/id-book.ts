/** Ids that say nothing: those of a narrative are made of its film's hash and its series' title. */
import { NodeKind } from '../../../schema/enums.js';
import { hexOf, type KeyedDraw } from './keyed-draw.js';

const nouns = new Set(Object.values(NodeKind).map((kind) => kind.toLowerCase()));

/** Hexadecimal digits of an id, in bytes. */
const idBytes = 12;

/** Makes the function that gives each id its stand-in; under one key the same everywhere. */
export function openIdBook(episodeId: string, draw: KeyedDraw): (id: string) => string {
  const made = new Map<string, string>();
  const episode = `episode:${hexOf(draw(`id:${episodeId}`), idBytes)}`;
  const make = (id: string): string => {
    if (id === episodeId) return episode;
    if (/^[0-9a-f]{64}$/.test(id)) return hexOf(draw(`picture:${id}`), 32);
    // Noun and start, which the node tells anyway.
    const own = id.startsWith(`${episodeId}:`) ? id.slice(episodeId.length) : undefined;
    const noun = /^:([a-z-]+):\d{1,10}(?::\d{1,6})?$/.exec(own ?? '')?.[1];
    if (own !== undefined && noun !== undefined && nouns.has(noun.replaceAll('-', ''))) return `${episode}${own}`;
    return `${own === undefined ? 'id' : episode}:${hexOf(draw(`id:${id}`), idBytes)}`;
  };
  return (id) => {
    const known = made.get(id) ?? make(id);
    made.set(id, known);
    return known;
  };
}
