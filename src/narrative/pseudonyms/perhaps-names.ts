/** Words that could be somebody's name whom nobody listed. */
import { type Narrative, nodesOf } from '../../../schema/narrative.js';
import { type Place, Tally } from './pseudonym-report.js';
import { textsOf } from './texts-of.js';

const fields = ['dialogue', 'text', 'action', 'description', 'subtext', 'synopsis', 'expression'] as const;
const known = new Set(
  `i i'm i'll i'd i've god english french german chinese monday tuesday wednesday thursday friday saturday sunday january
  february march april may june july august september october november december ok okay tv mr mrs ms dr`.split(/\s+/),
);
/** Most places that are told. */
const most = 200;

/**
 * Capitals inside of sentences, of words that these texts never write small; of scripts without capitals nothing can be
 * said.
 */
export function findPerhapsNames(narrative: Narrative, pseudonyms: ReadonlySet<string>): Place[] {
  const small = new Set(textsOf(narrative).flatMap((text) => text.match(/(?<!\p{L})\p{Ll}[\p{L}'’]*/gu) ?? []));
  const found = new Tally<{ nodeId: string; field: string }>();
  for (const node of nodesOf(narrative))
    for (const field of fields) {
      const text = (node as unknown as Readonly<Record<string, unknown>>)[field];
      if (typeof text !== 'string' || !/\p{Ll}/u.test(text)) continue;
      for (const [word] of text.matchAll(/(?<=[\p{Ll},]['’]?s?\s)\p{Lu}[\p{L}'’]+/gu)) {
        const plain = word.replace(/['’]s?$/, '');
        if (pseudonyms.has(plain) || known.has(plain.toLowerCase()) || small.has(plain.toLowerCase())) continue;
        found.add({ nodeId: node.id, field });
      }
    }
  return found.all.slice(0, most);
}
