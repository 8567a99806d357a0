/** A colour picture: what faces, bodies and things are found on. */
export interface RgbPicture {
  /** 0…255, red, green, blue, row by row; `width × height × 3` values. */
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A square on a picture, turned clockwise by `angle` radians about its centre; may reach over the picture's edges. */
export interface TurnedSquare {
  readonly centre: Point;
  readonly sidePx: number;
  readonly angle: number;
}

/** More samples a pixel than this do not make a shrunken picture better. */
const mostSamples = 4;

/** Cuts the square out, upright, scaled to `sidePx × sidePx`; black where the picture ends. */
export function cutSquare(picture: RgbPicture, square: TurnedSquare, sidePx: number): RgbPicture {
  const { rgb, width, height } = picture;
  const cut = new Uint8Array(sidePx * sidePx * 3);
  const samples = Math.min(mostSamples, Math.max(1, Math.round(square.sidePx / sidePx)));
  const step = square.sidePx / (sidePx * samples);
  const [right, down] = [Math.cos(square.angle) * step, Math.sin(square.angle) * step];
  const share = 1 / (samples * samples);
  const half = (sidePx * samples - 1) / 2;
  // Centres of pixels lie at halves.
  const [left, top] = [square.centre.x - 0.5, square.centre.y - 0.5];
  for (let y = 0, to = 0; y < sidePx; y++)
    for (let x = 0; x < sidePx; x++, to += 3) {
      let [red, green, blue] = [0, 0, 0];
      for (let v = y * samples - half; v < (y + 1) * samples - half; v++)
        for (let u = x * samples - half; u < (x + 1) * samples - half; u++) {
          const atX = left + u * right - v * down;
          const atY = top + u * down + v * right;
          const [column, row] = [Math.floor(atX), Math.floor(atY)];
          if (column < -1 || row < -1 || column >= width || row >= height) continue;
          const [shareX, shareY] = [atX - column, atY - row];
          const [x0, x1] = [Math.max(0, column), Math.min(width - 1, column + 1)];
          const [y0, y1] = [Math.max(0, row) * width, Math.min(height - 1, row + 1) * width];
          const [a, b, c, d] = [(y0 + x0) * 3, (y0 + x1) * 3, (y1 + x0) * 3, (y1 + x1) * 3];
          const [wa, wb] = [(1 - shareX) * (1 - shareY), shareX * (1 - shareY)];
          const [wc, wd] = [(1 - shareX) * shareY, shareX * shareY];
          red += wa * at(rgb, a) + wb * at(rgb, b) + wc * at(rgb, c) + wd * at(rgb, d);
          green += wa * at(rgb, a + 1) + wb * at(rgb, b + 1) + wc * at(rgb, c + 1) + wd * at(rgb, d + 1);
          blue += wa * at(rgb, a + 2) + wb * at(rgb, b + 2) + wc * at(rgb, c + 2) + wd * at(rgb, d + 2);
        }
      cut[to] = red * share + 0.5;
      cut[to + 1] = green * share + 0.5;
      cut[to + 2] = blue * share + 0.5;
    }
  return { rgb: cut, width: sidePx, height: sidePx };
}

/** Where a point of the cut-out lies on the picture. */
export function onPicture({ centre, sidePx, angle }: TurnedSquare, cutSidePx: number, { x, y }: Point): Point {
  const scale = sidePx / cutSidePx;
  const [u, v] = [(x - cutSidePx / 2) * scale, (y - cutSidePx / 2) * scale];
  return {
    x: centre.x + u * Math.cos(angle) - v * Math.sin(angle),
    y: centre.y + u * Math.sin(angle) + v * Math.cos(angle),
  };
}

/** The smallest upright square around the whole picture. */
export const squareAround = ({ width, height }: RgbPicture): TurnedSquare => ({
  centre: { x: width / 2, y: height / 2 },
  sidePx: Math.max(width, height),
  angle: 0,
});

const at = (values: Uint8Array, index: number) => values[index] as number;
