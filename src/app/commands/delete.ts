import { removeReleasedFiles } from '../../../workers/analyze.js';
import { openArtifacts } from '../../../workers/artifacts.js';
import { openPictures } from '../../../workers/pictures.js';
import { readConfig } from '../config.js';
import { noSuchEpisode } from '../no-such-episode.js';
import { foldersOf, openRemote, openStore, openUploaded } from '../open.js';

/** Removes an episode with its artifacts and pictures. NOT_FOUND when there is none. */
export async function deleteEpisode(id: string): Promise<void> {
  const config = readConfig();
  const folders = foldersOf(config.home);
  const store = await openStore(config);
  try {
    const there = await store.deleteEpisode(id);
    await removeReleasedFiles({
      store,
      artifacts: openArtifacts(folders.artifacts),
      pictures: openPictures(folders.pictures),
      remote: openRemote(config),
      uploads: openUploaded(config),
    });
    if (!there) throw noSuchEpisode();
    process.stdout.write(`${id} is deleted.\n`);
  } finally {
    await store.close();
  }
}
