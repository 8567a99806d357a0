/** What pseudonymisation did, in lines for a person, without a single original name. */
import { counted } from '../narrative/counted.js';
import type { Place, PseudonymReport } from '../narrative/pseudonyms/pseudonym-report.js';

export function sayPseudonyms(report: PseudonymReport): string[] {
  const sum = (items: readonly { readonly count: number }[]) => items.reduce((all, { count }) => all + count, 0);
  const details = sum(report.replaced.filter(({ what }) => what !== 'name'));
  const replaced = sum(report.replaced) - details;
  const places = (what: string, some: readonly Place[]) => (some.length > 0 ? [`${what}: ${sum(some)}.`] : []);
  return [
    `pseudonyms: ${counted(report.people, 'person', 'persons')}, ${counted(replaced, 'place')} replaced${details > 0 ? `, and ${counted(details, 'address or number', 'addresses and numbers')}` : ''}.`,
    ...report.removed.map(({ what, count, reason }) => `taken out: ${counted(count, what, what)}. ${reason}`),
    ...places('replaced, but may be ordinary words', report.doubtful),
    ...places('left as ordinary words', report.leftAsWords),
    ...places('left, but may be names of people whom nobody listed (say them with --also-names)', report.perhapsNames),
  ];
}
