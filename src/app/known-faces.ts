/** Where an analysis saw faces on a film: its tracks where they are kept, and what the graph holds. */
import type { Narrative } from '../../schema/narrative.js';
import type { Artifacts } from '../../workers/artifacts.js';
import type { PeopleFinding } from '../../workers/people-findings.js';
import type { Sighting } from '../../workers/pixelation/cover.js';

/** In no order; none for a film whose people nobody has looked for. */
export async function knownFaces(
  { episode: { media }, appearances }: Narrative,
  artifacts: Pick<Artifacts, 'readAll'>,
): Promise<Sighting[]> {
  const findings = media ? await artifacts.readAll(media.sha256, 'people') : [];
  const tracks = findings.flatMap((finding) => (finding as Partial<PeopleFinding>).tracks ?? []);
  return [
    ...appearances.flatMap(({ atMs, faceBox }) => (faceBox ? [{ what: 'face' as const, atMs, box: faceBox }] : [])),
    ...tracks.flatMap(({ readings }) => readings.map(({ atMs, box }) => ({ what: 'face' as const, atMs, box }))),
  ];
}
