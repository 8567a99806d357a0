/** Who can be seen: faces followed through each shot and read, people without a face, and things. */
import { counted } from '../../src/narrative/counted.js';
import { FaceWatch } from '../detectors/faces/face-watch.js';
import { shareBox } from '../detectors/faces/reading-format.js';
import { frameStepSeconds, SamplePlan } from '../detectors/faces/sample-plan.js';
import { figuresOf } from '../detectors/things/figures.js';
import { readFrames } from '../media/frames.js';
import { shrunkSize } from '../media/picture-size.js';
import type { FaceTrack, FoundFigure, PeopleFinding } from '../people-findings.js';
import { defineStage } from '../stage.js';
import { faceModels, modelsUsed, type PulledFolders, pulledFolders } from './people-models.js';

/** Pictures are watched at this size at most. */
const mostLongSidePx = 960;

export const peopleStage = defineStage({
  name: 'people',
  version: '8',
  needs: ['probe', 'shots', 'keyframes', 'sound', 'cues'],
  settings: ({ pulled }) => modelsUsed(pulled),
  async run(context, { probe, shots, keyframes, sound, cues }): Promise<PeopleFinding> {
    const { film, models, signal } = context;
    const used = modelsUsed(context.settings.pulled);
    const folders = pulledFolders(context);
    const { width, height } = shrunkSize(probe.video, { longSidePx: mostLongSidePx });
    const plan = new SamplePlan(
      shots.shots,
      [...cues.cues, ...sound.speech],
      keyframes.keyframes.map(({ atMs }) => atMs),
    );
    const tracks: FaceTrack[] = [];
    const figures: FoundFigure[] = [];
    const sampledMs: number[] = [];
    const watch = new FaceWatch(faceModels(models, folders, signal), probe.video.height / height, (track) =>
      tracks.push(track),
    );
    const frames = readFrames({
      path: film.path,
      filter: `select='isnan(prev_selected_t)+gte(t-prev_selected_t\\,${frameStepSeconds})',scale=${width}:${height}:flags=area,setsar=1`,
      width,
      height,
      pixelFormat: 'rgb24',
      signal,
    });
    for await (const { atMs, pixels } of frames) {
      const planned = plan.plan(atMs);
      if (!planned) continue;
      const picture = { rgb: pixels, width, height };
      const faces = await watch.next(atMs, picture, planned);
      if (planned.look) sampledMs.push(atMs);
      if (planned.things) {
        const { objects } = await models.call('objects.find', { ...picture, folder: folders.objects }, signal);
        for (const { name, score, box } of figuresOf(objects, faces))
          figures.push({
            shotStartMs: planned.shot.startMs,
            atMs,
            name,
            box: shareBox(box, picture),
            confidence: score,
            evidence: [{ startMs: atMs, endMs: atMs + 1 }],
          });
      }
      context.progress(Math.min(1, atMs / Math.max(1, probe.durationMs)));
    }
    watch.end();
    tracks.sort((a, b) => a.startMs - b.startMs);
    return { summary: summaryOf(tracks, figures), gaps: gapsOf(folders), models: used, sampledMs, tracks, figures };
  },
});

const gapsOf = ({ faces }: PulledFolders) => [
  faces === undefined
    ? {
        stage: 'people',
        missing: 'Drawn faces, faces in profile or lower than 14 pixels, and crowds are not found.',
        remedy: 'Run `fabula models pull yunet-2023mar`, which finds smaller faces and more of those in profile.',
      }
    : {
        stage: 'people',
        missing: 'Drawn faces, faces lower than 14 pixels, and crowds are not found.',
        remedy: 'Look in `fabula models list` for a stronger face detector.',
      },
];

function summaryOf(tracks: readonly FaceTrack[], figures: readonly FoundFigure[]): string {
  return `${counted(tracks.length, 'face')} followed through a shot, ${counted(figures.length, 'thing or figure', 'things and figures')}.`;
}
