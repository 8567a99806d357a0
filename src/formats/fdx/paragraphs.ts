/** The paragraphs of a Final Draft file, each with its place in the text. No entity of its own, no reference outside. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { FabulaError } from '../../../schema/errors.js';
import { decodeEntities } from '../plain-text.js';

export interface FdxParagraph {
  readonly type: string;
  /** Of its runs, as printed. */
  readonly text: string;
  readonly number?: string;
  /** What its scene is about, as a card says. */
  readonly summary?: string;
  /** Texts of the notes on it. */
  readonly notes: readonly string[];
  /** Stands beside the paragraph before it, as the second voice of a dual dialogue. */
  readonly isSecondVoice: boolean;
  /** In the whole text. */
  readonly start: number;
  readonly end: number;
}

export interface FdxScript {
  readonly paragraphs: readonly FdxParagraph[];
  /** Where the content ends, its closing tag apart. */
  readonly contentEnd: number;
  readonly title?: string;
}

/** Elements inside elements; Final Draft's own files have eight. */
const deepest = 60;

const parser = new XMLParser({
  ...{ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', captureMetaData: true },
  ...{ trimValues: false, parseTagValue: false, parseAttributeValue: false },
  ...{ processEntities: false, maxNestedTags: deepest, commentPropName: '#comment', cdataPropName: '#cdata' },
});
const place = XMLParser.getMetaDataSymbol() as unknown as symbol;

interface XmlNode {
  readonly [name: string]: unknown;
}

/** SCRIPT_UNREADABLE, with line and column, for what is not well-formed, declares types, or is no script. */
export function readParagraphs(text: string): FdxScript {
  // A document type can declare entities that grow without bounds or reach outside; Final Draft never writes one.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    throw unreadable('It declares a document type, which Final Draft files never do');
  const wellFormed = XMLValidator.validate(text);
  if (wellFormed !== true) {
    const { line, col, msg } = wellFormed.err;
    throw unreadable(`Line ${line}, column ${col}: ${msg.replace(/\.$/, '')}`);
  }
  const root = childNamed(parse(text), 'FinalDraft');
  const content = root && childNamed(childrenOf(root), 'Content');
  if (!root || !content) throw unreadable('It has no <FinalDraft> with a <Content>');
  const paragraphs = childrenOf(content).flatMap((node) => paragraphsIn(node));
  const title = childNamed(childrenOf(root), 'TitlePage');
  const titleText = title && firstText(title);
  return {
    paragraphs,
    contentEnd: text.lastIndexOf('</', extentOf(content).end - 1),
    ...(titleText !== undefined && { title: titleText }),
  };
}

function parse(text: string): readonly XmlNode[] {
  try {
    return parser.parse(text) as XmlNode[];
  } catch (error) {
    throw unreadable((error as Error).message.replace(/\.$/, ''));
  }
}

const unreadable = (why: string) =>
  new FabulaError(
    'SCRIPT_UNREADABLE',
    `This Final Draft file cannot be read. ${why}.`,
    'Save it again in Final Draft, or export it as Fountain.',
  );

function paragraphsIn(node: XmlNode): FdxParagraph[] {
  if (nameOf(node) !== 'Paragraph') return [];
  const children = childrenOf(node);
  const dual = childNamed(children, 'DualDialogue');
  if (!dual) return [paragraphOf(node, false)];
  let voices = 0;
  let isFirst = false;
  return childrenOf(dual).flatMap((inner) => {
    if (nameOf(inner) !== 'Paragraph') return [];
    if (attribute(inner, 'Type') === 'Character') {
      voices++;
      isFirst = true;
    }
    const second = voices > 1 && isFirst;
    isFirst = false;
    return [paragraphOf(inner, second)];
  });
}

function paragraphOf(node: XmlNode, isSecondVoice: boolean): FdxParagraph {
  const children = childrenOf(node);
  const number = attribute(node, 'Number');
  const properties = childNamed(children, 'SceneProperties');
  const summary = properties && childNamed(childrenOf(properties), 'Summary');
  const summed = summary && textIn(summary).trim();
  return {
    type: attribute(node, 'Type') ?? 'Action',
    text: runsOf(children).trim(),
    ...(number !== undefined && { number }),
    ...(summed && { summary: summed }),
    notes: children.filter((child) => nameOf(child) === 'ScriptNote').map(textIn),
    isSecondVoice,
    ...extentOf(node),
  };
}

const runsOf = (children: readonly XmlNode[]) =>
  children
    .filter((child) => nameOf(child) === 'Text')
    .map((run) => plainText(childrenOf(run)))
    .join('');

/** All runs below a node, paragraphs on lines of their own. */
function textIn(node: XmlNode): string {
  const paragraphs = childrenOf(node).filter((child) => nameOf(child) === 'Paragraph');
  return paragraphs.length > 0
    ? paragraphs.map((paragraph) => runsOf(childrenOf(paragraph))).join('\n')
    : runsOf(childrenOf(node));
}

function firstText(titlePage: XmlNode): string | undefined {
  const content = childNamed(childrenOf(titlePage), 'Content') ?? titlePage;
  const texts = childrenOf(content).map((node) =>
    nameOf(node) === 'Paragraph' ? runsOf(childrenOf(node)).trim() : '',
  );
  return texts.find((text) => text !== '');
}

const plainText = (nodes: readonly XmlNode[]): string =>
  nodes
    .map((node) => {
      if (typeof node['#text'] === 'string') return decodeEntities(node['#text']);
      const raw = Array.isArray(node['#cdata']) ? (node['#cdata'] as XmlNode[])[0]?.['#text'] : undefined;
      return typeof raw === 'string' ? raw : '';
    })
    .join('')
    .replaceAll(/\r\n?/g, '\n');

const nameOf = (node: XmlNode): string => Object.keys(node).find((name) => name !== ':@') ?? '';

function childrenOf(node: XmlNode): readonly XmlNode[] {
  const children = node[nameOf(node)];
  return Array.isArray(children) ? (children as XmlNode[]) : [];
}

const childNamed = (nodes: readonly XmlNode[], name: string) => nodes.find((node) => nameOf(node) === name);

function attribute(node: XmlNode, name: string): string | undefined {
  const value = (node[':@'] as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? decodeEntities(value) : undefined;
}

function extentOf(node: XmlNode): { start: number; end: number } {
  const { startIndex = 0, endIndex = 0 } =
    (node as { readonly [place]?: { startIndex?: number; endIndex?: number } })[place] ?? {};
  return { start: startIndex, end: endIndex };
}
