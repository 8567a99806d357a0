/** JSON for people: indented, but what fits on a line stays on one. */
export function compactJson(value: unknown, width = 112, indent = ''): string {
  const flat = inline(value);
  if (typeof value !== 'object' || value === null || indent.length + flat.length <= width) return flat;
  const deeper = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((part) => `${deeper}${compactJson(part, width, deeper)}`)
    : Object.entries(value).map(([name, part]) => `${deeper}"${name}": ${compactJson(part, width, deeper)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, part]) => `"${name}": ${inline(part)}`);
  return parts.length > 0 ? `{ ${parts.join(', ')} }` : '{}';
}
