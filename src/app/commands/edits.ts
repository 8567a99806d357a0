/** People's corrections: `fabula rename · merge · split · correct · undo · edits`. */
import { pagesOf } from '../../../graph/pages.js';
import type { Splitting, Store } from '../../../graph/store.js';
import type { Edit } from '../../../schema/edit.js';
import { FabulaError } from '../../../schema/errors.js';
import type { Alignment } from '../../narrative/alignment/alignment.js';
import { clockTime } from '../../narrative/clock-time.js';
import { readConfig } from '../config.js';
import { noSuchEpisode } from '../no-such-episode.js';
import { localCaller, openStore } from '../open.js';
import { oneLine } from '../report-error.js';

interface Printing {
  readonly json?: boolean;
}

export interface SplitOptions extends Printing {
  readonly persons?: readonly string[];
  readonly appearances?: readonly string[];
  readonly events?: readonly string[];
  readonly episodes?: readonly string[];
  readonly name?: string;
}

export const rename = (characterId: string, name: string, printing: Printing) =>
  edit(printing, (store, author) => store.renameCharacter({ characterId, name, author }));

export const merge = (keepId: string, otherIds: readonly string[], printing: Printing) =>
  edit(printing, (store, author) => store.mergeCharacters({ keepId, otherIds, author }));

export function split(characterId: string, { persons, appearances, events, episodes, name, json }: SplitOptions) {
  const splitting: Splitting = {
    characterId,
    ...(persons && { personIds: persons }),
    ...(appearances && { appearanceIds: appearances }),
    ...(events && { eventIds: events }),
    ...(episodes && { episodeIds: episodes }),
    ...(name !== undefined && { name }),
  };
  return edit({ json }, (store, author) => store.splitCharacter({ ...splitting, author }));
}

/** The value is read as JSON where it is some, else as the text it is: `null`, `7.5`, `["a"]`, `the pier`. */
export const correct = (nodeId: string, field: string, value: string, printing: Printing) =>
  edit(printing, async (store, author) => {
    const make = (meant: unknown) => store.correct({ nodeId, field, value: meant, author });
    const read = jsonIn(value);
    if (read === value) return make(value);
    // A text field may hold what happens to be JSON: a cue that says “1984”.
    return make(read).catch((error: unknown) => {
      if (error instanceof FabulaError && error.code === 'INVALID_INPUT' && read !== null) return make(value);
      throw error;
    });
  });

export const undo = (editId: string, printing: Printing) => edit(printing, (store) => store.undo(editId));

/** Prints an episode’s edits in the order they were made, with what does not fit about them. */
export async function listEdits(episodeId: string, { json }: Printing): Promise<void> {
  const store = await openStore(readConfig());
  try {
    if (!(await store.episode(episodeId))) throw noSuchEpisode();
    let count = 0;
    for await (const edits of pagesOf((page) => store.edits(episodeId, page))) {
      for (const made of edits) print(made, { json });
      count += edits.length;
    }
    if (count === 0 && !json) process.stdout.write('Nobody has corrected anything in this episode.\n');
  } finally {
    await store.close();
  }
}

async function edit(printing: Printing, make: (store: Store, author: string) => Promise<Edit>): Promise<void> {
  const store = await openStore(readConfig());
  try {
    print(await make(store, localCaller.subject), printing);
  } finally {
    await store.close();
  }
}

function print(made: Edit, { json }: Printing): void {
  process.stdout.write(json ? `${JSON.stringify(made)}\n` : `${oneLine(lineOf(made))}\n`);
  if (json) return;
  for (const { detail, startMs, endMs } of made.conflicts ?? []) {
    const when = startMs !== undefined && endMs !== undefined ? `${clockTime(startMs)}–${clockTime(endMs)}: ` : '';
    process.stdout.write(`  look at this: ${when}${oneLine(detail)}\n`);
  }
}

const lineOf = (made: Edit) => `${made.id}  ${made.state}  ${made.author}  ${inWords(made)}`;

function inWords({ operation, anchor, appliedTo }: Edit): string {
  const old = String(anchor.oldValue || anchor.nodeId);
  switch (operation.operation) {
    case 'CORRECT':
      return `${operation.field} of ${anchor.nodeId} is ${JSON.stringify(operation.value)}`;
    case 'ALIGN':
      return `${(operation.value as Alignment).title} is laid over the film`;
    case 'RENAME':
      return `${old} is called ${String(operation.value)}`;
    case 'MERGE':
      return `${[old, ...(anchor.others ?? []).map(({ name, characterId }) => name || characterId)].join(' and ')} are one`;
    case 'SPLIT':
      return `part of ${old} is ${[operation.value, appliedTo && `(${appliedTo})`].filter(Boolean).join(' ') || 'somebody else'}`;
    default:
      return operation.operation satisfies never;
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
