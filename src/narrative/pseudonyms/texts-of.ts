/** All that a narrative says in words, field by field. */
import { type Narrative, nodesOf } from '../../../schema/narrative.js';

/** Fields that hold running text; found by being strings that are no ids and no names. */
export function textsOf(narrative: Narrative): string[] {
  const texts: string[] = [];
  const gather = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      if (!/(?:^i|I)ds?$|^(?:kind|version|by|name|aliases|speakerTag)$/.test(name)) texts.push(value);
    } else if (Array.isArray(value)) for (const each of value) gather(each, name);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        if (key !== 'provenance' && key !== 'foreign') gather(inner, key);
  };
  for (const node of nodesOf(narrative)) gather(node, '');
  return texts;
}
