import type { Database } from 'better-sqlite3';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import { imageIdOf, type NodeRow, referencesOf } from '../rows.js';
import { spanOf } from '../spans.js';
import type { NodeText, TextColumn } from '../texts.js';
import { wordsOf } from '../words.js';

/** A node as the table holds it. */
interface HeldNode {
  readonly row: number;
  readonly id: string;
  readonly kind: string;
  readonly startMs: number;
  readonly position: number;
  readonly echo: 0 | 1;
  readonly body: string;
  readonly rest: string | null;
}

export interface PictureChanges {
  readonly goneImageIds: readonly string[];
  readonly freshImageIds: readonly string[];
}

/** Puts texts into the full-text index and takes them out again. */
export function wordIndex(db: Database) {
  const insert = db.prepare('INSERT INTO words (rowid, said, seen, name, echo, scope) VALUES (?, ?, ?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM words WHERE rowid = ?');
  return {
    insert(row: number, texts: readonly NodeText[], isEcho: boolean, scope: string): void {
      if (texts.length === 0) return;
      const column = (name: TextColumn) =>
        texts.flatMap((text) => (text.column === name ? wordsOf(text.text).map((word) => word.folded) : [])).join(' ');
      const said = column('said');
      insert.run(row, isEcho ? '' : said, column('seen'), column('name'), isEcho ? said : '', scope);
    },
    remove(row: number): void {
      remove.run(row);
    },
  };
}

/**
 * Makes an episode's nodes what the rows say. Nodes that did not change are left alone, so that a correction costs
 * what it changes; a node that stays keeps its row, so that links to it stay good. Returns the pictures that nodes
 * showed which are gone or changed now, and those that new or changed nodes show.
 */
export function nodeWriter(db: Database) {
  const words = wordIndex(db);
  const select = db.prepare<[number], HeldNode>(
    'SELECT row, id, kind, start_ms AS startMs, position, echo, body, rest FROM node WHERE episode = ?',
  );
  const lastRow = db.prepare<[], number>('SELECT ifnull(max(row), 0) FROM node').pluck();
  const insert = db.prepare('INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const move = db.prepare('UPDATE node SET position = ? WHERE row = ?');
  const remove = db.prepare('DELETE FROM node WHERE row = ?');
  const link = db.prepare('INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)');
  const unlink = db.prepare('DELETE FROM link WHERE parent = ? AND kind = ? AND start_ms = ? AND node = ?');

  return function writeNodes(episode: number, nodes: readonly NodeRow[]): PictureChanges {
    const held = new Map(select.all(episode).map((node) => [node.id, node]));
    let next = (lastRow.get() ?? 0) + 1;
    const rowById = new Map(nodes.map(({ id }) => [id, held.get(id)?.row ?? next++]));
    const gone = new Map(held);
    const fresh: NodeRow[] = [];
    for (const node of nodes) {
      const before = held.get(node.id);
      if (before?.body !== node.body || before.rest !== node.rest || before.echo !== Number(node.echo)) {
        fresh.push(node);
        continue;
      }
      gone.delete(node.id);
      if (before.position !== node.position) move.run(node.position, before.row);
    }

    const goneImageIds: string[] = [];
    for (const { row, kind, startMs, body } of gone.values()) {
      const node = JSON.parse(body) as NarrativeNode;
      const imageId = imageIdOf(node);
      if (imageId) goneImageIds.push(imageId);
      for (const id of referencesOf(node)) unlink.run(held.get(id)?.row, kind, startMs, row);
      words.remove(row);
      remove.run(row);
    }
    const links: LinkRow[] = [];
    for (const node of fresh) {
      const { id, kind, startMs, endMs } = node;
      const row = rowById.get(id);
      if (row === undefined) continue;
      const span = spanOf(startMs, endMs);
      insert.run(row, id, episode, kind, startMs, endMs, span, node.position, Number(node.echo), node.body, node.rest);
      for (const reference of node.references) links.push([rowById.get(reference), kind, startMs, row]);
      words.insert(row, node.texts, node.echo, `e${episode}`);
    }
    // In the order of the table, so that each comes next to the one before.
    for (const one of links.sort(inOrder)) link.run(...one);
    return { goneImageIds, freshImageIds: fresh.flatMap(({ imageId }) => imageId ?? []) };
  };
}

type LinkRow = readonly [parent: number | undefined, kind: string, startMs: number, row: number];

const inOrder = ([parent = 0, kind, startMs, row]: LinkRow, [otherParent = 0, otherKind, otherMs, other]: LinkRow) =>
  parent - otherParent || (kind < otherKind ? -1 : kind > otherKind ? 1 : startMs - otherMs || row - other);
