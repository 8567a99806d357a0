import neo4j from 'neo4j-driver';

/**
 * The value with its whole numbers as integers: the driver sends every JavaScript number as a float, which no LIMIT
 * takes. Fractions, bytes and all else stay as they are; what is undefined is left out.
 */
export function inIntegers(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? neo4j.int(value) : value;
  if (Array.isArray(value)) return value.map(inIntegers);
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  const converted: Record<string, unknown> = {};
  for (const [name, held] of Object.entries(value)) if (held !== undefined) converted[name] = inIntegers(held);
  return converted;
}
