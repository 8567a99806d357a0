import { FabulaError } from '../../../schema/errors.js';
import { migrateNarrative, type Narrative, narrativeLists, validateNarrative } from '../../../schema/narrative.js';
import {
  attribute,
  childNamed,
  childrenOf,
  nameOf,
  parseXml,
  plainText,
  type XmlNode,
  xmlParser,
} from '../safe-xml.js';
import { partsOf, readDatum } from './keys.js';
import { edgeNouns } from './layout.js';
import { edgeType } from './write.js';

const unreadable = (why: string) =>
  new FabulaError(
    'SCRIPT_UNREADABLE',
    `This GraphML cannot be read. ${why}.`,
    'Only GraphML that Fabula wrote tells a story: export it again, or take the JSON.',
  );

const parser = xmlParser();

type Fields = Record<string, unknown>;

/**
 * The narrative of a file that `writeGraphMl` wrote. Edges that only say again what a field says are passed over.
 * SCRIPT_UNREADABLE for what is no such file, INVALID_NARRATIVE where its nodes do not fit together, NARRATIVE_TOO_NEW.
 */
export function readGraphMl(text: string): Narrative {
  const root = childNamed(parseXml(text, parser, unreadable), 'graphml');
  const graph = root && childNamed(childrenOf(root), 'graph');
  const version = graph && fieldsOf(graph).narrativeVersion;
  if (!graph || typeof version !== 'number') throw unreadable('It holds no narrative of Fabula');
  const lists: Record<string, Fields[]> = Object.fromEntries(Object.keys(narrativeLists).map((list) => [list, []]));
  const listOf = new Map(Object.entries(narrativeLists).map(([list, kind]) => [kind as string, list]));
  let episode: Fields | undefined;
  for (const element of childrenOf(graph)) {
    const node = nounOf(element);
    if (!node) continue;
    if (node.kind === 'Episode') episode = node;
    else {
      const list = lists[listOf.get(String(node.kind)) ?? ''];
      if (!list) throw unreadable(`It has a node of an unknown kind, “${String(node.kind).slice(0, 40)}”`);
      list.push(node);
    }
  }
  if (!episode) throw unreadable('It has no node of an episode');
  const narrative = migrateNarrative({ narrativeVersion: version, episode, ...lists });
  validateNarrative(narrative);
  return narrative;
}

/** The noun that an element is; undefined for plain edges, keys and data. */
function nounOf(element: XmlNode): Fields | undefined {
  const tag = nameOf(element);
  if (tag !== 'node' && tag !== 'edge') return undefined;
  const fields = fieldsOf(element);
  const id = attribute(element, 'id');
  if (tag === 'node') {
    const { label: _, ...own } = fields;
    return { id, ...own };
  }
  if (fields.kind === undefined) return undefined;
  const { [edgeType]: type, ...own } = fields;
  const noun = Object.values(edgeNouns).find((known) => known.type === type);
  if (!noun) throw unreadable(`It has an edge of an unknown type, “${String(type).slice(0, 40)}”`);
  const ends = { [noun.from]: attribute(element, 'source'), [noun.to]: attribute(element, 'target') };
  return { id, ...own, ...ends };
}

function fieldsOf(element: XmlNode): Fields {
  const fields: Fields = {};
  for (const child of childrenOf(element)) {
    if (nameOf(child) !== 'data') continue;
    const key = attribute(child, 'key') ?? '';
    const parts = partsOf(key.replace(/^(?:node|edge)\./, ''));
    const value = parts && readDatum(plainText(childrenOf(child)), parts.type);
    if (value === undefined) throw unreadable(`The value of “${key.slice(0, 40)}” is none of its type`);
    if (parts) fields[parts.field] = value;
  }
  return fields;
}
