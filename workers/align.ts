/** A script in, laid over a film that is in the graph. */
import { createHash } from 'node:crypto';
import type { Store } from '../graph/store.js';
import type { Edit } from '../schema/edit.js';
import { FabulaError } from '../schema/errors.js';
import { dialogueOf } from '../src/formats/dialogue.js';
import { alignScript } from '../src/narrative/alignment/align-script.js';
import type { Alignment } from '../src/narrative/alignment/alignment.js';
import { type AlignmentSummary, summaryOf } from '../src/narrative/alignment/summary.js';
import type { Workshop } from './analyze.js';
import { readScript, scriptOf } from './import.js';
import type { JobRun } from './job-handlers.js';
import type { AlignInput } from './queue/align-job.js';
import { watched } from './watch.js';

/** What aligning gives back: kept as the job's result and printed by `fabula align --json`. */
export interface AlignSummary extends AlignmentSummary {
  readonly episodeId: string;
  /** The edit that holds all lines and where they went; undoing it takes the script off the film. */
  readonly editId: string;
}

/** An alignment with what tells that the same script was aligned before. */
interface StampedAlignment extends Alignment {
  readonly scriptSha256: string;
}

/**
 * Reads a script, finds its lines in a film and lays it over it. SCRIPT_MISMATCH where it is not of this film, and what
 * reading throws; then nothing is changed.
 */
export async function alignToFilm(
  workshop: Workshop,
  input: AlignInput,
  { signal, onProgress, confirmHeld, watch, askedBy = 'somebody' }: JobRun,
): Promise<AlignSummary> {
  const started = performance.now();
  const told = (stage: string, state: 'running' | 'done', progress: number) =>
    onProgress({ stage, state, progress, seconds: (performance.now() - started) / 1000 });
  told('align', 'running', 0);
  const { store } = workshop;
  const { episodeId } = input;
  const { bytes, name } = await scriptOf(workshop, input);
  const scriptSha256 = createHash('sha256').update(bytes).digest('hex');
  const before = await laidBefore(store, episodeId, scriptSha256);
  if (before) return { episodeId, editId: before.id, ...summaryOf(before.operation.value as Alignment) };
  const film = await store.readNarrative(episodeId, 'effective');
  if (!film) throw new FabulaError('NOT_FOUND', 'There is no such episode.', 'See fabula episodes.');
  if (film.episode.source !== 'FILM')
    throw new FabulaError('INVALID_INPUT', 'Scripts are aligned to films; this episode is a script itself.');
  const alignment = await watched(watch.stage('align'), async (): Promise<StampedAlignment> => {
    const mender = { llm: workshop.llm, signal };
    const { narrative, format } = await readScript(bytes, name, input, undefined, mender);
    return { ...alignScript(dialogueOf(narrative, format), film.cues, film.episode.durationMs), scriptSha256 };
  });
  told('align', 'done', 1);
  await confirmHeld();
  signal.throwIfAborted();
  told('load', 'running', 0);
  const edit = await watched(watch.stage('load'), (stage) =>
    stage.store(store).alignScript({ episodeId, alignment, author: askedBy }),
  );
  told('load', 'done', 1);
  return { episodeId, editId: edit.id, ...summaryOf(alignment) };
}

/** The edit by which this very script lies over the film already: a job that is repeated lays it once. */
const laidBefore = (store: Store, episodeId: string, sha256: string): Promise<Edit | undefined> =>
  findEdit(
    store,
    episodeId,
    ({ operation, state }) =>
      operation.operation === 'ALIGN' &&
      state !== 'UNDONE' &&
      (operation.value as StampedAlignment).scriptSha256 === sha256,
  );

/** The edit of an alignment, as it stands now. */
export const alignmentEdit = (store: Store, { episodeId, editId }: Pick<AlignSummary, 'episodeId' | 'editId'>) =>
  findEdit(store, episodeId, ({ id }) => id === editId);

/** Whether a script still lies over its film, or waits for an analysis that it fits. */
export const isLaid = async (store: Store, summary: AlignSummary): Promise<boolean> =>
  ((await alignmentEdit(store, summary))?.state ?? 'UNDONE') !== 'UNDONE';

async function findEdit(store: Store, episodeId: string, isIt: (edit: Edit) => boolean): Promise<Edit | undefined> {
  for (let after: string | undefined; ; ) {
    const { edges, hasNextPage } = await store.edits(episodeId, { first: 100, ...(after !== undefined && { after }) });
    const found = edges.find(({ node }) => isIt(node));
    if (found || !hasNextPage) return found?.node;
    after = edges.at(-1)?.cursor;
  }
}
