import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModelHost } from '../../workers/models/child-host.js';
import type { ModelHost } from '../../workers/models/host.js';
import { findPulledModels } from '../../workers/models/pulled-models.js';
import { tinySface, tinyYolox, tinyYunet, writeModel } from './tiny-perception.fixture.js';

describe('pulled models that see people', () => {
  let models: string;
  let host: ModelHost;
  const folder = (name: string) => join(models, name);
  /** One colour all over. */
  const plain = (width: number, height: number, colour: readonly number[]) => ({
    rgb: Uint8Array.from({ length: width * height * 3 }, (_, index) => colour[index % 3] ?? 0),
    width,
    height,
  });
  const blue = [0, 0, 255];
  const red = [255, 0, 0];

  before(async () => {
    models = await mkdtemp(join(tmpdir(), 'fabula-pulled-'));
    await writeModel(folder('yunet'), 'yunet', 'FIND_FACES', tinyYunet());
    await writeModel(folder('sface'), 'sface', 'EMBED_FACE', tinySface());
    await writeModel(folder('yolox'), 'yolox', 'FIND_OBJECTS', tinyYolox());
    host = openModelHost({ log: { warn: () => {} } });
  });
  after(async () => {
    await host.close();
    await rm(models, { recursive: true });
  });

  it('are found by what they do', async () => {
    const found = await findPulledModels(models);
    deepEqual(
      Object.entries(found).map(([task, { name }]) => [task, name]),
      [
        ['FIND_FACES', 'yunet'],
        ['EMBED_FACE', 'sface'],
        ['FIND_OBJECTS', 'yolox'],
      ],
    );
  });

  it('find faces in pixels of the picture, given blue, green and red', async () => {
    // Scaled to 640, twice as large; half of the square is black, so class is ½ and the score √½.
    const { faces } = await host.call('faces.find', { ...plain(1280, 640, blue), folder: folder('yunet') });
    const [face, ...others] = faces;
    equal(others.length, 0);
    ok(face);
    ok(Math.abs(face.score - Math.SQRT1_2) < 0.001);
    // On the square: centre (168, 328), 32 × 48 from 304; from the brows 320. On the picture doubled, less 320.
    for (const [key, expected] of [
      ['x', 304] as const,
      ['y', 320] as const,
      ['width', 64] as const,
      ['height', 64] as const,
    ])
      ok(Math.abs(face.box[key] - expected) < 0.01, `${key} ${face.box[key]}`);
    deepEqual(face.points.rightEye, { x: 328, y: 328 });
    deepEqual(face.points.mouth, { x: 336, y: 344 });
    deepEqual(await host.call('faces.find', { ...plain(640, 640, red), folder: folder('yunet') }), { faces: [] });
  });

  it('embed faces in 128 numbers, given red, green and blue', async () => {
    const { embedding, female } = await host.call('faces.embed', { ...plain(112, 112, red), folder: folder('sface') });
    equal(female, undefined);
    equal(embedding.length, 128);
    for (const [at, number] of embedding.entries()) ok(Math.abs(number - (at < 64 ? 1 / 8 : 0)) < 1e-6);
    await rejects(host.call('faces.embed', { ...plain(224, 224, red), folder: folder('sface') }), {
      code: 'MODEL_FAILED',
      message: /112/,
    });
  });

  it('find things in pixels of the picture, at the size that the model takes', async () => {
    // The square is blue above and grey (114) below.
    const { objects } = await host.call('objects.find', { ...plain(832, 416, blue), folder: folder('yolox') });
    const [thing, ...others] = objects;
    equal(others.length, 0);
    equal(thing?.name, 'dog');
    ok(Math.abs((thing?.score ?? 0) - (255 + 114) / 510) < 0.001);
    const { x = 0, y = 0, width = 0, height = 0 } = thing?.box ?? {};
    deepEqual([x, y, width, height].map(Math.round), [352, 176, 128, 64]);
  });

  it('answer from a child of their own, while the bundled ones answer from theirs', async () => {
    const { embedding, female } = await host.call('faces.embed', plain(224, 224, red));
    equal(embedding.length, 1024);
    ok(female !== undefined && host.pidOf('faces.embed') !== undefined);
  });

  it('are refused when they are changed, gone, or made for something else', async () => {
    const file = join(folder('yolox'), 'model.onnx');
    const sound = await readFile(file);
    const fresh = openModelHost({ log: { warn: () => {} } });
    const ask = (name: string) => fresh.call('objects.find', { ...plain(8, 8, red), folder: folder(name) });
    try {
      await writeFile(file, Buffer.concat([sound.subarray(0, -1), Buffer.of(7)]));
      await rejects(ask('yolox'), { code: 'MODEL_MISSING', message: /changed/, hint: /models pull yolox/ });
      await rm(file);
      await rejects(ask('yolox'), { code: 'MODEL_MISSING', message: /lacks model\.onnx/ });
      await rejects(ask('yunet'), { code: 'MODEL_MISSING', message: /not one for FIND_OBJECTS/ });
      await writeFile(file, sound);
      deepEqual(await ask('yolox'), { objects: [] });
    } finally {
      await fresh.close();
    }
  });
});
