import type { MediaReference } from '../../schema/episode.js';
import { FabulaError } from '../../schema/errors.js';
import { isRemote } from './remote/remote-address.js';
import type { RemoteFilms } from './remote/remote-films.js';
import { locateMedia, type MediaRoots } from './roots.js';

/**
 * Absolute path here of an episode's film: in a media root, or among those that were fetched. Errors as `locateMedia`;
 * MEDIA_NOT_FOUND where a fetched one is not here, or not any more.
 */
export async function findFilm(
  roots: MediaRoots,
  remote: Pick<RemoteFilms, 'find'>,
  media: Readonly<MediaReference>,
): Promise<string> {
  if (!isRemote(media)) return (await locateMedia(roots, media)).file;
  const file = await remote.find(media.sha256);
  if (file !== undefined) return file;
  throw new FabulaError('MEDIA_NOT_FOUND', 'The film is not kept on this machine.', 'Analyse it again to fetch it.');
}
