/** A rectangle in pixels; may reach over the picture's edges where a function says so. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box around both. */
export function union(a: PixelBox, b: PixelBox): PixelBox {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** Shared area over the smaller box's area, 0…1. */
export function overlap(a: PixelBox, b: PixelBox): number {
  return area(intersection(a, b)) / Math.min(area(a), area(b));
}

/** What both cover; of no size where they are apart. */
export function intersection(a: PixelBox, b: PixelBox): PixelBox {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  };
}

/** In square pixels. */
export const area = ({ width, height }: PixelBox): number => width * height;

/** Whole pixels of the frame that the box covers, grown on each side by shares of its height. */
export function grown(
  box: PixelBox,
  byX: number,
  byY: number,
  frame: { readonly width: number; readonly height: number },
): PixelBox {
  const [dx, dy] = [byX * box.height, byY * box.height];
  const x = Math.max(0, Math.floor(box.x - dx));
  const y = Math.max(0, Math.floor(box.y - dy));
  return {
    x,
    y,
    width: Math.min(frame.width, Math.ceil(box.x + box.width + dx)) - x,
    height: Math.min(frame.height, Math.ceil(box.y + box.height + dy)) - y,
  };
}
