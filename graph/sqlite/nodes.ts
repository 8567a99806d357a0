import type { Database } from 'better-sqlite3';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import { imageIdOf, referencesOf } from '../rows.js';
import { spanOf } from '../spans.js';
import { batchInsert } from './batch-insert.js';
import type { NodeColumns } from './node-columns.js';
import { wordIndex } from './word-index.js';

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

/**
 * Makes an episode's nodes what the columns say. Nodes that did not change are left alone, so that a correction costs
 * what it changes; a node that stays keeps its row, so that links to it stay good. Returns the pictures that nodes
 * showed which are gone or changed now, and those that new or changed nodes show.
 */
export function nodeWriter(db: Database) {
  const words = wordIndex(db);
  const select = db.prepare<[number], HeldNode>(
    'SELECT row, id, kind, start_ms AS startMs, position, echo, body, rest FROM node WHERE episode = ?',
  );
  const lastRow = db.prepare<[], number>('SELECT ifnull(max(row), 0) FROM node').pluck();
  const insertNodes = batchInsert(db, 'INSERT INTO node', 11);
  const move = db.prepare('UPDATE node SET position = ? WHERE row = ?');
  const remove = db.prepare('DELETE FROM node WHERE row = ?');
  const insertLinks = batchInsert(db, 'INSERT OR IGNORE INTO link', 4);
  const unlink = db.prepare('DELETE FROM link WHERE parent = ? AND kind = ? AND start_ms = ? AND node = ?');

  return function writeNodes(episode: number, nodes: NodeColumns): PictureChanges {
    const { ids, bodies, rests, positions } = nodes;
    const held = new Map(select.all(episode).map((node) => [node.id, node]));
    let next = (lastRow.get() ?? 0) + 1;
    const rows = ids.map((id) => held.get(id)?.row ?? next++);
    const echoes = new Set(nodes.echoes);
    const gone = new Map(held);
    const isFresh = ids.map((id, place) => {
      const before = held.get(id);
      if (before?.body !== bodies[place] || before?.rest !== rests[place] || before?.echo !== Number(echoes.has(place)))
        return true;
      gone.delete(id);
      if (before.position !== positions[place]) move.run(positions[place], before.row);
      return false;
    });

    const goneImageIds: string[] = [];
    for (const { row, kind, startMs, body } of gone.values()) {
      const node = JSON.parse(body) as NarrativeNode;
      const imageId = imageIdOf(node);
      if (imageId) goneImageIds.push(imageId);
      for (const id of referencesOf(node)) unlink.run(held.get(id)?.row, kind, startMs, row);
      words.remove(row);
      remove.run(row);
    }

    const kinds = nodes.kinds.flatMap(([kind, count]) => Array<string>(count).fill(kind));
    const fresh = insertNodes();
    for (const [place, row] of rows.entries()) {
      if (!isFresh[place]) continue;
      const startMs = nodes.startMs[place] ?? 0;
      const endMs = nodes.endMs[place] ?? 0;
      const times = [startMs, endMs, spanOf(startMs, endMs)];
      const isEcho = Number(echoes.has(place));
      fresh.add(
        row,
        ids[place],
        episode,
        kinds[place],
        ...times,
        positions[place],
        isEcho,
        bodies[place],
        rests[place],
      );
    }
    fresh.flush();
    for (const [place, found] of nodes.words) if (isFresh[place]) words.insert(rows[place], found, `e${episode}`);
    const links = insertLinks();
    for (const reference of nodes.references) {
      const place = reference % ids.length;
      const named = Math.floor(reference / ids.length);
      if (isFresh[place]) links.add(rows[named], kinds[place], nodes.startMs[place], rows[place]);
    }
    links.flush();
    return { goneImageIds, freshImageIds: nodes.imageIds.flatMap(([place, id]) => (isFresh[place] ? id : [])) };
  };
}
