import type { MediaUrls } from '../../resolvers/context.js';

/** Addresses that `mediaRoutes` serves, relative to the server. */
export const mediaUrls: MediaUrls = {
  picture: (imageId) => `/media/pictures/${encodeURIComponent(imageId)}.jpg`,
  film: (episodeId) => `/media/films/${encodeURIComponent(episodeId)}`,
};
