import { FabulaError } from '../../schema/errors.js';

/** What a command says of an episode that is not in the graph. */
export const noSuchEpisode = () => new FabulaError('NOT_FOUND', 'There is no such episode.', 'See fabula episodes.');
