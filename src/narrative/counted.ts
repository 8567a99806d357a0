/** A number and what it counts, as people write it: `1 shot`, `12 shots`; `many` where an s does not make the plural. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
