/** Pictures by content hash and films by episode, with range requests; no path of this machine shows anywhere. */
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type Response, Router } from 'express';
import type { Store } from '../../graph/store.js';
import { FabulaError } from '../../schema/errors.js';
import { findFilm } from '../../workers/media/find-film.js';
import type { RemoteFilms } from '../../workers/media/remote/remote-films.js';
import type { MediaRoots } from '../../workers/media/roots.js';
import type { Pictures } from '../../workers/pictures.js';
import type { MediaLinks } from './media-links.js';
import { mediaUrls } from './media-urls.js';

export interface MediaSources {
  readonly store: Store;
  readonly pictures: Pictures;
  /** Asked for each film: roots may be added while the server runs. */
  readonly roots: () => Promise<MediaRoots>;
  readonly remote: Pick<RemoteFilms, 'find'>;
  readonly links: MediaLinks;
}

/** A picture's address names its content, so a browser may keep it for good. */
const forever = { maxAge: '365d', immutable: true } as const;

/** A film's address does not: it is asked for again, by its tag. */
const revalidated = { maxAge: 0, cacheControl: true } as const;

/** What has a signed address is its holder's: no cache in between keeps it. */
const keptFor = (seconds: number) => ({
  cacheControl: false,
  headers: { 'Cache-Control': `private, max-age=${seconds}` },
});
const asked = { cacheControl: false, headers: { 'Cache-Control': 'private, no-cache' } };

export function mediaRoutes({ store, pictures, roots, remote, links }: MediaSources): Router {
  const router = Router();

  router.get('/pictures/:name', async (request, response) => {
    const imageId = /^([0-9a-f]{64})\.jpg$/.exec(request.params.name)?.[1];
    const leftS = links.check(mediaUrls.picture(imageId ?? ''), request.query);
    const file = imageId && pictures.pathOf(imageId);
    if (!file) throw new FabulaError('NOT_FOUND', 'There is no such picture.');
    const caching = leftS === undefined ? forever : keptFor(leftS);
    await sendFile(response, file, `"${imageId}"`, caching);
  });

  router.get('/films/:episodeId', async (request, response) => {
    const leftS = links.check(mediaUrls.film(request.params.episodeId), request.query);
    const episode = await store.episode(request.params.episodeId);
    if (!episode?.media) throw new FabulaError('NOT_FOUND', 'There is no film of this episode.');
    const file = await findFilm(await roots(), remote, episode.media);
    const { size, mtimeMs } = await stat(file);
    // A strong tag, so that a player may go on after a break (If-Range).
    await sendFile(
      response,
      file,
      `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`,
      leftS === undefined ? revalidated : asked,
    );
  });

  return router;
}

/** Sends a file or the part that was asked for: 200, 206, 304, 412, or 416 with the file's size. */
function sendFile(response: Response, file: string, etag: string, caching: object): Promise<void> {
  response.setHeader('ETag', etag);
  return new Promise((resolve, reject) => {
    // A film's name may begin with a dot; it never comes from the request.
    const options = { root: dirname(file), dotfiles: 'allow', acceptRanges: true, ...caching } as const;
    response.sendFile(
      basename(file),
      options,
      (error?: Error & { readonly code?: string; readonly status?: number }) => {
        // A player that has seen enough hangs up; that is no error.
        if (!error || error.code === 'ECONNABORTED' || response.headersSent) resolve();
        else if (error.status === 404) reject(new FabulaError('NOT_FOUND', 'The file is not there any more.'));
        else reject(error);
      },
    );
  });
}
