import type { PixelBox } from '../pixel-box.js';

export interface SeenThing {
  readonly name: string;
  readonly box: PixelBox;
  /** 0…1 */
  readonly score: number;
}

/** Things must be surer than people: a kneeling crowd passes for horses. */
const leastScore = { person: 0.3, thing: 0.5 } as const;

/** Things, and people of whom no face is seen. Pure. */
export const figuresOf = (things: readonly SeenThing[], faces: readonly PixelBox[]): SeenThing[] =>
  things.filter(({ name, box, score }) => {
    if (name !== 'person') return score >= leastScore.thing;
    return score >= leastScore.person && !faces.some((face) => isFaceOf(face, box));
  });

/** Whether the face's middle lies in the body's box. */
function isFaceOf(face: PixelBox, { x, y, width, height }: PixelBox): boolean {
  const [middleX, middleY] = [face.x + face.width / 2, face.y + face.height / 2];
  return middleX > x && middleX < x + width && middleY > y && middleY < y + height;
}
