/** The title page: `Key: value` lines at the very beginning, values going on in indented lines. */

/** Keys of which one must be there, so that a line of dialogue or a transition at the top is no title page. */
const knownKeys = new Set([
  ...['title', 'credit', 'author', 'authors', 'source', 'notes', 'draft date', 'date', 'contact', 'contact info'],
  ...['copyright', 'revision', 'draft', 'version', 'format', 'font', 'series', 'episode', 'language', 'written by'],
  ...['titre', 'auteur', 'auteurs', 'scénario', 'titel', 'autor', 'autoren', 'título', 'titulo', 'titolo', 'autore'],
  ...['标题', '標題', '片名', '剧名', '劇名', '编剧', '編劇', '作者', '作品', '剧本', '劇本', 'タイトル'],
]);

const titleKeys = new Set([
  'title',
  'titre',
  'titel',
  'título',
  'titulo',
  'titolo',
  '标题',
  '標題',
  '片名',
  '剧名',
  '劇名',
  '作品',
  '剧本',
  '劇本',
  'タイトル',
]);

export interface TitlePage {
  /** Lines it takes, the blank one behind it apart. */
  readonly lines: number;
  /** Key in small letters → value, lines separated by \n. */
  readonly entries: ReadonlyMap<string, string>;
}

export function readTitlePage(lines: readonly string[]): TitlePage | undefined {
  const entries = new Map<string, string>();
  let key: string | undefined;
  let count = 0;
  for (const line of lines) {
    if (line.trim() === '') break;
    const opened = /^\s{0,2}([^\s:：][^:：\n]{0,40}?)\s*[:：]\s*(.*)$/u.exec(line);
    const isContinued = key !== undefined && /^(?:\t| {2,})\s*\S/.test(line);
    if (opened && !isContinued) {
      key = (opened[1] ?? '').toLowerCase();
      entries.set(key, (opened[2] ?? '').trim());
    } else if (isContinued && key !== undefined) entries.set(key, `${entries.get(key) ?? ''}\n${line.trim()}`.trim());
    else return undefined;
    count++;
  }
  return [...entries.keys()].some((name) => knownKeys.has(name)) ? { lines: count, entries } : undefined;
}

export const titleOf = ({ entries }: TitlePage): string | undefined =>
  [...entries].find(([key, value]) => isTitleKey(key) && value !== '')?.[1];

export const isTitleKey = (key: string): boolean => titleKeys.has(key.trim().toLowerCase());
