/** The paragraphs of a Final Draft file, each with its place in the text. No entity of its own, no reference outside. */
import { XMLParser } from 'fast-xml-parser';
import { FabulaError } from '../../../schema/errors.js';
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

const parser = xmlParser({ captureMetaData: true });
const place = XMLParser.getMetaDataSymbol() as unknown as symbol;

/** SCRIPT_UNREADABLE, with line and column, for what is not well-formed, declares types, or is no script. */
export function readParagraphs(text: string): FdxScript {
  const root = childNamed(parseXml(text, parser, unreadable), 'FinalDraft');
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
    .join('')
    .replaceAll(/\r\n?/g, '\n');

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

function extentOf(node: XmlNode): { start: number; end: number } {
  const { startIndex = 0, endIndex = 0 } =
    (node as { readonly [place]?: { startIndex?: number; endIndex?: number } })[place] ?? {};
  return { start: startIndex, end: endIndex };
}
