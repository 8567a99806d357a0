/** XML that comes from anywhere: no document type, no entity of its own, no reference outside, no endless nesting. */
import { type X2jOptions, XMLParser, XMLValidator } from 'fast-xml-parser';
import { decodeEntities, escapeMarkup } from './plain-text.js';

/** Elements inside elements; Final Draft's own files have eight. */
const deepest = 60;

export interface XmlNode {
  readonly [name: string]: unknown;
}

/** Elements in their order, texts as they stand; references in them are not decoded. */
export const xmlParser = (options: X2jOptions = {}): XMLParser =>
  new XMLParser({
    ...{ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' },
    ...{ trimValues: false, parseTagValue: false, parseAttributeValue: false },
    ...{ processEntities: false, maxNestedTags: deepest, commentPropName: '#comment', cdataPropName: '#cdata' },
    ...options,
  });

/** The document's nodes. What `unreadable` makes of a reason is thrown where it is not well-formed or declares types. */
export function parseXml(text: string, parser: XMLParser, unreadable: (why: string) => Error): readonly XmlNode[] {
  // A document type can declare entities that grow without bounds or reach outside.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw unreadable('It declares a document type, which these files never do');
  const wellFormed = XMLValidator.validate(text);
  if (wellFormed !== true) {
    const { line, col, msg } = wellFormed.err;
    throw unreadable(`Line ${line}, column ${col}: ${msg.replace(/\.$/, '')}`);
  }
  try {
    return parser.parse(text) as XmlNode[];
  } catch (error) {
    throw unreadable((error as Error).message.replace(/\.$/, ''));
  }
}

export const nameOf = (node: XmlNode): string => Object.keys(node).find((name) => name !== ':@') ?? '';

export function childrenOf(node: XmlNode): readonly XmlNode[] {
  const children = node[nameOf(node)];
  return Array.isArray(children) ? (children as XmlNode[]) : [];
}

export const childNamed = (nodes: readonly XmlNode[], name: string) => nodes.find((node) => nameOf(node) === name);

export function attribute(node: XmlNode, name: string): string | undefined {
  const value = (node[':@'] as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? decodeEntities(value) : undefined;
}

/** The text of nodes: line ends as XML has them, references decoded. */
export const plainText = (nodes: readonly XmlNode[]): string =>
  nodes
    .map((node) => {
      if (typeof node['#text'] === 'string') return decodeEntities(node['#text'].replaceAll(/\r\n?/g, '\n'));
      const raw = Array.isArray(node['#cdata']) ? (node['#cdata'] as XmlNode[])[0]?.['#text'] : undefined;
      return typeof raw === 'string' ? raw.replaceAll(/\r\n?/g, '\n') : '';
    })
    .join('');

/** What no XML document can say, however it is written (XML 1.0, Char). */
const unsayable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
export const isSayable = (text: string): boolean => !unsayable.test(text);

/** A text as content or attribute; carriage returns are references, since readers take them for line ends. */
export const xmlText = (text: string): string => escapeMarkup(text).replaceAll('"', '&quot;').replaceAll('\r', '&#13;');

/** A text as an attribute, where line ends and tabs would become spaces. */
export const xmlAttribute = (text: string): string => xmlText(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
