/** The film that a job is about, on this machine: from a media root, or fetched and held until the job is over. */
import type { Workshop } from './analyze.js';
import { openFilm } from './media/film.js';
import { isRemote, readablePath } from './media/remote/remote-address.js';
import { locateMedia, type MediaLocation } from './media/roots.js';
import type { AnalyzeInput } from './queue/analyze-job.js';
import type { StageProgress } from './run-stages.js';
import type { FilmFile } from './stage.js';

export interface TakenFilm extends AsyncDisposable {
  readonly film: FilmFile;
  /** Its one name (`locateMedia`). */
  readonly location: MediaLocation;
  /** Its file's name, as people read it. */
  readonly name: string;
}

/** Errors as `locateMedia`, `openFilm` and `RemoteFilms.hold`. */
export async function takeFilm(
  { roots, artifacts, remote }: Pick<Workshop, 'roots' | 'artifacts' | 'remote'>,
  { media, private: secret }: Pick<AnalyzeInput, 'media' | 'private'>,
  { signal, note }: { readonly signal: AbortSignal; readonly note: (progress: StageProgress) => void },
): Promise<TakenFilm> {
  if (!isRemote(media)) {
    const { file, root, path } = await locateMedia(await roots(), media);
    const film = await openFilm(file, artifacts, signal);
    return { film, location: { root, path }, name: path, [Symbol.asyncDispose]: async () => {} };
  }
  const began = performance.now();
  const say = (state: StageProgress['state'], progress: number) =>
    note({ stage: 'fetch', state, progress, seconds: (performance.now() - began) / 1000 });
  say('running', 0);
  const onProgress = (share: number) => say('running', share);
  const held = await remote.hold({ ...media, query: secret?.query }, { signal, onProgress });
  say('done', 1);
  return {
    film: { path: held.file, sha256: held.sha256 },
    location: media,
    name: readablePath(media.path),
    [Symbol.asyncDispose]: held.release,
  };
}
