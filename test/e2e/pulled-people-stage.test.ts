import { deepEqual, equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPulledModels } from '../../workers/models/pulled-models.js';
import { peopleStage } from '../../workers/stages/people.js';
import { openStageContext } from '../stage-context.fixture.js';
import { oneShotFindings } from '../unit/findings.fixture.js';
import { tinySface, tinyYolox, tinyYunet, writeModel } from '../unit/tiny-perception.fixture.js';

describe('the people stage with pulled models', () => {
  it('asks them in place of the bundled ones, says so, and has another key', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fabula-people-'));
    const film = join(folder, 'blue.mp4');
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'color=blue:s=640x360:r=10:d=1', film]);
    const context = await openStageContext(film);
    try {
      for (const [name, task, model] of [
        ['yunet', 'FIND_FACES', tinyYunet()],
        ['sface', 'EMBED_FACE', tinySface()],
        ['yolox', 'FIND_OBJECTS', tinyYolox()],
      ] as const)
        await writeModel(join(context.modelsFolder, name), name, task, model);
      const pulled = await findPulledModels(context.modelsFolder);
      const shot = { startMs: 0, endMs: 1000, transition: 'START', looks: [], confidence: 1, evidence: [] } as const;
      const keyframe = { shotStartMs: 0, atMs: 0, imageId: '', sharpness: 1, valid: true, confidence: 1, evidence: [] };
      const read = {
        ...oneShotFindings,
        shots: { ...oneShotFindings.shots, shots: [shot] },
        keyframes: { ...oneShotFindings.keyframes, keyframes: [keyframe] },
      };
      const found = await peopleStage.run({ ...context, settings: { pulled } }, read);
      deepEqual(found.models, {
        faces: pulled.FIND_FACES,
        identity: pulled.EMBED_FACE,
        objects: pulled.FIND_OBJECTS,
      });
      // What only the tiny YOLOX sees in blue.
      deepEqual(
        found.figures.map(({ name }) => name),
        ['dog'],
      );
      equal(JSON.stringify(peopleStage.settings({ pulled })), JSON.stringify(found.models));
    } finally {
      await context.close();
      await rm(folder, { recursive: true });
    }
  });
});
