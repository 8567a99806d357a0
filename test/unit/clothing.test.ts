import assert from 'node:assert/strict';
import { clothingColours, packColours, unpackColours } from '../../workers/detectors/faces/clothing.js';
import { sharedColours } from '../../workers/detectors/identity/clothing-ties.js';

const [width, height] = [160, 120];
const face = { x: 70, y: 20, width: 20, height: 24 };
type Colour = readonly [number, number, number];

/** A grey wall with a chest of one colour under the face; black from `barFrom` on. */
function picture(colour: Colour, barFrom = height) {
  const rgb = new Uint8Array(width * height * 3).fill(128);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (y >= barFrom) rgb.fill(0, (y * width + x) * 3, (y * width + x) * 3 + 3);
      else if (y > 50 && x > 50 && x < 110) rgb.set(colour, (y * width + x) * 3);
  return { rgb, width, height };
}

const wear = (colour: Colour) => clothingColours(picture(colour), face) ?? assert.fail('no chest was seen');

describe('the colours of clothes', () => {
  it('are alike in other light, and not where they differ', () => {
    const robe = wear([150, 60, 30]);
    assert.ok(Math.abs(robe.reduce((sum, share) => sum + share, 0) - 1) < 1e-5);
    assert.ok(sharedColours(robe, wear([180, 90, 60])) > 0.95);
    assert.ok(sharedColours(robe, wear([160, 64, 32])) > 0.75);
    assert.ok(sharedColours(robe, wear([100, 45, 50])) < 0.7);
    assert.ok(sharedColours(robe, wear([30, 60, 150])) < 0.4);
  });

  it('are unknown where the picture or a bar cuts the chest off', () => {
    assert.equal(clothingColours(picture([150, 60, 30]), { ...face, y: 90 }), undefined);
    assert.equal(clothingColours(picture([150, 60, 30], 60), face), undefined);
  });

  it('come back from text as they were, but for what rounding took', () => {
    const robe = wear([150, 60, 30]);
    assert.ok(sharedColours(robe, unpackColours(packColours(robe))) > 0.99);
  });
});
