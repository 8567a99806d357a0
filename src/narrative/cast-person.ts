import type { CastPerson } from '../../schema/episode-cast.js';
import type { Narrative } from '../../schema/narrative.js';
import type { Person } from '../../schema/person.js';
import type { OtherReading, Provenance } from '../../schema/provenance.js';
import { unionMs } from './intervals.js';

/** Fields in which the first of several persons who has a value is right, unless a person gave another one's. */
const readFields = ['name', 'gender', 'ageRange', 'looks', 'temperament', 'description', 'portraitId'] as const;

/**
 * One person of a cast: the leading one with what the others add. Screen time counts no moment twice; whose moments
 * others got loses theirs. `before` is the narrative that was analysed, `now` the one in which moments have moved.
 */
export function castPerson(
  member: CastPerson,
  byId: ReadonlyMap<string, Person>,
  before: Narrative,
  now: Narrative,
): Person {
  const { id, wholes, parts } = member;
  const sources = wholes.flatMap((whole) => byId.get(whole) ?? []);
  const [lead, ...others] = sources;
  const counts = { ...countsOf(member, sources, before, now) };
  if (!lead) return madeOfParts(member, before, counts);
  if (others.length === 0 && parts.length === 0) return sameCounts(lead, counts) ? lead : { ...lead, ...counts };
  const leading = Object.fromEntries(
    readFields.flatMap((field) => {
      const best = sources.find((person) => isSaid(person, field) && person[field]) ?? sources.find((p) => p[field]);
      return best ? [[field, best[field]]] : [];
    }),
  ) as Partial<Person>;
  const names = new Set(sources.flatMap(({ name, aliases }) => [...(name ? [name] : []), ...aliases]));
  if (leading.name) names.delete(leading.name);
  return {
    ...lead,
    ...leading,
    id,
    aliases: [...names],
    provisional: sources.every(({ provisional }) => provisional),
    ...counts,
    provenance: mergedProvenance(member, leading, lead, others),
  };
}

const isSaid = ({ provenance }: Person, field: string) =>
  provenance.fields?.some((source) => source.field === field && source.by === 'person') ?? false;

const sameCounts = (person: Person, { screenTimeMs, lineCount }: Pick<Person, 'screenTimeMs' | 'lineCount'>) =>
  person.screenTimeMs === screenTimeMs && person.lineCount === lineCount;

function mergedProvenance(
  { author }: CastPerson,
  leading: Partial<Person>,
  lead: Person,
  others: readonly Person[],
): Provenance {
  const lost = [lead, ...others].flatMap((person): OtherReading[] => {
    const { by, confidence, otherReadings } = person.provenance;
    const values = readFields.flatMap((field) =>
      person[field] && person[field] !== leading[field] ? [{ field, value: person[field], by, confidence }] : [],
    );
    return [...(person === lead ? [] : otherReadings), ...values];
  });
  return {
    ...lead.provenance,
    evidence: [
      ...[lead, ...others].flatMap(({ provenance }) => provenance.evidence),
      ...(others.length > 0 ? [{ note: `${others.length + 1} persons of the analysis are one, says ${author}.` }] : []),
    ],
    otherReadings: [...lead.provenance.otherReadings, ...lost],
    fields: [
      ...(lead.provenance.fields ?? []).filter(({ field }) => field !== 'id'),
      ...(author === undefined ? [] : [{ field: 'id', by: 'person', confidence: 1 }]),
    ],
  };
}

/** Somebody of whom the analysis knew nothing: what people took out of others. */
function madeOfParts(
  { id, parts, author }: CastPerson,
  { episode }: Narrative,
  counts: Pick<Person, 'screenTimeMs' | 'lineCount'>,
): Person {
  const of = parts.length === 1 ? 'a person' : `${parts.length} persons`;
  return {
    id,
    kind: 'Person',
    episodeId: episode.id,
    provenance: {
      by: 'person',
      version: '1',
      confidence: 1,
      evidence: [{ note: `Taken out of ${of} of the analysis by ${author}.` }],
      otherReadings: [],
    },
    aliases: [],
    provisional: true,
    ...counts,
  };
}

/**
 * What the persons’ own counts say, less what is counted twice and what went to others; for moments that came from
 * others, what they add.
 */
function countsOf({ id, parts }: CastPerson, sources: readonly Person[], before: Narrative, now: Narrative) {
  const ids = new Set(sources.map((person) => person.id));
  const own = before.appearances.filter(({ personId }) => ids.has(personId));
  const ownMs = sources.reduce(
    (sum, person) => sum + unionMs(before.appearances.filter(({ personId }) => personId === person.id)),
    0,
  );
  const nowMs = unionMs(now.appearances.filter(({ personId }) => personId === id));
  const ownLines = before.events.filter((event) => event.type === 'LINE' && ids.has(event.personId ?? '')).length;
  const nowLines = now.events.filter((event) => event.type === 'LINE' && event.personId === id).length;
  const saidMs = sources.reduce((sum, { screenTimeMs }) => sum + screenTimeMs, 0);
  const saidLines = sources.reduce((sum, { lineCount }) => sum + lineCount, 0);
  const isSame = own.length === 0 && parts.length === 0;
  return {
    screenTimeMs: isSame ? saidMs : Math.max(0, saidMs + nowMs - ownMs),
    lineCount: Math.max(0, saidLines + nowLines - ownLines),
  };
}
