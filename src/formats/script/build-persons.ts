import type { Appearance } from '../../../schema/appearance.js';
import type { Event } from '../../../schema/event.js';
import type { Person } from '../../../schema/person.js';
import type { FieldProvenance } from '../../../schema/provenance.js';
import { groupBy } from '../../narrative/group-by.js';
import { unionMs } from '../../narrative/intervals.js';
import { isThere } from './build-events.js';
import type { CastMember } from './cast.js';
import { known, type NodeHead, workedOut } from './nodes.js';

/** How sure the age is that stands behind a name in capitals; ours. */
const introductionConfidence = 0.8;

/**
 * The persons of a script. How long each is on screen is, where nobody says and no appearance tells, how long what they
 * do and say there takes.
 */
export function buildPersons(
  cast: readonly { readonly member: CastMember; readonly head: NodeHead<'Person'> }[],
  events: readonly Event[],
  appearances: readonly Appearance[],
): Person[] {
  const doings = groupBy(events, ({ personId }) => personId);
  const seen = groupBy(appearances, ({ personId }) => personId);
  return cast.map(({ member, head }) => {
    const { label: _, foreign: __, isDescribed: ___, isIntroduced, ...said } = member;
    const own = doings.get(head.id) ?? [];
    const [first] = own;
    const onScreen = seen.get(head.id) ?? own.filter(isThere);
    const fields: FieldProvenance[] = [
      ...(member.screenTimeMs === undefined
        ? [{ field: 'screenTimeMs', by: workedOut.times, confidence: workedOut.timeConfidence }]
        : []),
      ...(isIntroduced ? [{ field: 'ageRange', by: workedOut.people, confidence: introductionConfidence }] : []),
    ];
    return known<Person>({
      ...head,
      provenance: {
        ...head.provenance,
        evidence: first ? [{ startMs: first.startMs, endMs: first.endMs, nodeId: first.id }] : [],
        ...(fields.length > 0 && { fields }),
      },
      ...(said as Partial<Person>),
      aliases: [...(member.aliases ?? [])],
      provisional: member.provisional ?? member.name === undefined,
      screenTimeMs: member.screenTimeMs ?? unionMs(onScreen),
      lineCount: member.lineCount ?? own.filter(({ type }) => type === 'LINE').length,
    });
  });
}
