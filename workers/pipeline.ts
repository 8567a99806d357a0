/**
 * The map of the system: how a film becomes findings. Each stage starts as soon as what it needs is there; each
 * finding is kept, so that an analysis that was cut short goes on where it stopped.
 */
import { artifactKey } from './artifacts.js';
import type { Stage } from './stage.js';
import { cuesStage } from './stages/cues.js';
import { eventsStage } from './stages/events.js';
import { keyframesStage } from './stages/keyframes.js';
import { peopleStage } from './stages/people.js';
import { personsStage } from './stages/persons.js';
import { probeStage } from './stages/probe.js';
import { scenesStage } from './stages/scenes.js';
import { shotsStage } from './stages/shots.js';
import { soundStage } from './stages/sound.js';

export const pipeline: readonly Stage[] = [
  probeStage, //     what the container says: length, rate, streams
  shotsStage, //     one decode pass: boundaries, and motion, light and colour a second
  keyframesStage, // the sharpest honest frames of each shot
  soundStage, //     loudness a second, stretches of speech
  cuesStage, //      subtitles: a file, a stream, burned in, or a transcript
  scenesStage, //    shots that belong together
  eventsStage, //    lines, speech, silences, loud sounds
  peopleStage, //    faces, bodies and things on sampled frames
  personsStage, //   whose faces they are
];

/** Changes whenever the same film could give another answer. */
export const pipelineVersion = artifactKey(pipeline.map(({ name, version }) => [name, version]));
