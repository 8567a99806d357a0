import { counted } from '../../src/narrative/counted.js';
import { groupShots } from '../detectors/scenes/scenes.js';
import type { ScenesFinding } from '../findings.js';
import { defineStage } from '../stage.js';

/** Groups shots into scenes; where and when they play is left unsaid, because colours do not tell. */
export const scenesStage = defineStage({
  name: 'scenes',
  version: '1',
  needs: ['shots', 'sound', 'cues'],
  settings: () => null,
  async run({ progress }, { shots, sound, cues }): Promise<ScenesFinding> {
    const scenes = groupShots(shots.shots, cues.cues, sound);
    progress(1);
    const summary = `${counted(scenes.length, 'scene')} of ${counted(shots.shots.length, 'shot')}.`;
    return { summary, gaps: [], scenes };
  },
});
