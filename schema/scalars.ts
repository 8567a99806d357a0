/** Whether a value is one of a scalar that nouns are made of. */
export function isScalar(value: unknown, type: string): boolean {
  switch (type) {
    case 'ID':
      return typeof value === 'string' && value.length > 0;
    case 'String':
      return typeof value === 'string';
    case 'Boolean':
      return typeof value === 'boolean';
    case 'Int':
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
    case 'Float':
      return Number.isFinite(value);
    case 'JSON':
      return value !== undefined;
    case 'DateTimeISO':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    default:
      return false;
  }
}
