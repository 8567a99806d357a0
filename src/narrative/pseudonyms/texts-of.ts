/** All that a narrative says in words, field by field. */
import { type Narrative, nodesOf } from '../../../schema/narrative.js';

/** Fields that hold running text or names; found by being strings that are no ids. */
export function textsOf(narrative: Narrative): string[] {
  const texts: string[] = [];
  const gather = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      if (!/(?:^|I)ds?$|^kind$|^version$|^by$/.test(name)) texts.push(value);
    } else if (Array.isArray(value)) for (const each of value) gather(each, name);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        if (key !== 'provenance' && key !== 'foreign') gather(inner, key);
  };
  for (const node of nodesOf(narrative)) gather(node, '');
  return texts;
}
