/**
 * Pseudonyms (SkyScript-100M §3.2): a narrative in which nobody is called by their name any more, and that says the
 * same otherwise: the same nodes, relations and times. Goes by the nouns' own shape, so that new fields are held too.
 */
import type { Narrative, NarrativeList } from '../../../schema/narrative.js';
import { narrativeLists } from '../../../schema/narrative.js';
import type { NarrativeNode } from '../../../schema/narrative-node.js';
import { shape } from '../../../schema/shape.generated.js';
import type { FieldShape } from '../../../schema/shape.js';
import { collectNames, type NamedPerson } from './collect-names.js';
import { openIdBook } from './id-book.js';
import { hexOf, type KeyedDraw } from './keyed-draw.js';
import { nameReplacer, type Outcome } from './name-finder.js';
import { nameFormsOf } from './name-forms.js';
import { nearNameReplacer } from './near-names.js';
import { wordUseIn } from './ordinary-words.js';
import { findPerhapsNames } from './perhaps-names.js';
import { replaceDetails } from './private-details.js';
import { openPseudonymBook } from './pseudonym-book.js';
import { type PseudonymReport, Tally } from './pseudonym-report.js';
import { textsOf } from './texts-of.js';

export interface PseudonymRequest {
  /** Keyed: nobody gets from a pseudonym to a name without the key. One key for a series makes its episodes agree. */
  readonly draw: KeyedDraw;
  /** Names that the narrative does not know to be names: of the series' other characters, of actors. */
  readonly alsoNamed?: readonly NamedPerson[];
}

export interface Pseudonymised {
  /** Without `foreign`, the film's file, and notes on evidence: nobody can vouch for what is in them. */
  readonly narrative: Narrative;
  readonly report: PseudonymReport;
  /** For names that stand outside of the narrative, such as a character's. */
  nameOf(name: string): string;
  idOf(id: string): string;
}

/** Where a value stands: the node by its new id, the field by the way that leads to it. */
interface Place {
  readonly kind: string;
  readonly nodeId: string;
  readonly field: string;
}

/** Fields that are a name and nothing else. */
const nameFields = new Set(['Person.name', 'Person.aliases', 'Cue.speakerTag']);
/** A reading that lost is one where it was read for one of them. */
const otherReading = 'OtherReading.value';
const isNameField = (field: unknown): boolean => /^(?:name|aliases|speakerTag)$/.test(String(field));

export function pseudonymise(narrative: Narrative, { draw, alsoNamed = [] }: PseudonymRequest): Pseudonymised {
  const people = [...collectNames(narrative), ...alsoNamed];
  const book = openPseudonymBook(people, draw);
  const texts = textsOf(narrative);
  const inflects = inflecting.test(narrative.episode.language ?? '');
  const wordUse = wordUseIn(texts);
  const replaceNames = nameReplacer(nameFormsOf(people, book, wordUse, inflects));
  const small = new Set(texts.flatMap((text) => text.match(/(?<!\p{L})\p{Ll}\p{L}+/gu) ?? []));
  const replaceNear = nearNameReplacer(book.parts, (folded) => small.has(folded));
  const idOf = openIdBook(narrative.episode.id, draw);
  const ids = new Set([narrative.episode.id, ...lists.flatMap((list) => narrative[list].map(({ id }) => id))]);
  const replaced = new Tally<{ where: string; what: PseudonymReport['replaced'][number]['what'] }>();
  const doubtful = new Tally<{ nodeId: string; field: string }>();
  const left = new Tally<{ nodeId: string; field: string }>();
  const removed = new Tally<{ what: string; reason: string }>();

  function textIn(text: string, { kind, nodeId, field }: Place, isName = false): string {
    const onFound = (outcome: Outcome) => {
      if (outcome !== 'LEFT') replaced.add({ where: `${kind}.${field}`, what: 'name' });
      if (outcome === 'DOUBTFUL') doubtful.add({ nodeId, field });
      if (outcome === 'LEFT') left.add({ nodeId, field });
    };
    const plain = replaceDetails(text, draw, (what) => replaced.add({ where: `${kind}.${field}`, what }));
    return replaceNear(replaceNames(plain, { isName, onFound }), () => onFound('DOUBTFUL'));
  }

  /** Any JSON: texts in it and keys that are names. */
  function anyIn(value: unknown, place: Place, isName = false): unknown {
    if (typeof value === 'string') return ids.has(value) ? idOf(value) : textIn(value, place, isName);
    if (Array.isArray(value)) return value.map((each) => anyIn(each, place, isName));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [textIn(key, place), anyIn(inner, place, isName)]),
    );
  }

  function objectIn(value: object, type: string, place: Place): object {
    const held = value as Readonly<Record<string, unknown>>;
    const told: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(shape[type] ?? {})) {
      const inner = held[name];
      if (inner === undefined || isRemoved(type, name, field)) continue;
      const at = { ...place, field: place.field === '' ? name : `${place.field}.${name}` };
      // What a reading that lost is a reading of stands beside it.
      const isName =
        nameFields.has(`${type}.${name}`) || (`${type}.${name}` === otherReading && isNameField(held.field));
      const one = (each: unknown) => fieldIn(each, field, at, isName);
      told[name] = Array.isArray(inner) && field.list ? inner.map(one) : one(inner);
    }
    return told;
  }

  function fieldIn(value: unknown, field: FieldShape, place: Place, isName: boolean): unknown {
    if (field.words) return value;
    switch (field.type) {
      case 'Int':
      case 'Float':
      case 'Boolean':
        return value;
      case 'ID':
        return idOf(String(value));
      case 'JSON':
        return anyIn(value, place, isName);
      case 'String':
        return textIn(String(value), place, isName);
      default:
        return typeof value === 'object' && value !== null ? objectIn(value, field.type, place) : value;
    }
  }

  function isRemoved(type: string, name: string, field: FieldShape): boolean {
    const what = name === 'foreign' ? name : `${type}.${name}`;
    const reason = removals[what];
    if (reason === undefined || !field.optional) return false;
    removed.add({ what, reason });
    return true;
  }

  const nodeIn = <Node extends NarrativeNode>(node: Node): Node => {
    const told = objectIn(node, node.kind, { kind: node.kind, nodeId: idOf(node.id), field: '' }) as Node;
    const number = sceneNumberOf(node);
    return number === undefined ? told : { ...told, foreign: { screenplay: { number } } };
  };

  const episode = { ...nodeIn(narrative.episode), title: titleOf(narrative, draw) };
  const changed = {
    ...narrative,
    ...(Object.fromEntries(lists.map((list) => [list, narrative[list].map(nodeIn)])) as Partial<Narrative>),
    episode,
    persons: narrative.persons.map((person) => {
      const told = nodeIn(person);
      return { ...told, aliases: [...new Set(told.aliases)] };
    }),
  };
  return {
    narrative: changed,
    idOf,
    nameOf: (name) => replaceNames(name, { isName: true }),
    report: {
      people: narrative.persons.filter(({ name, aliases }) => name !== undefined || aliases.length > 0).length,
      names: book.parts.length,
      replaced: replaced.all,
      doubtful: doubtful.all,
      leftAsWords: left.all,
      perhapsNames: findPerhapsNames(changed, new Set(book.parts.map(({ pseudonym }) => pseudonym))),
      removed: removed.all,
    },
  };
}

const lists = Object.keys(narrativeLists) as NarrativeList[];

/** Languages whose Latin names change their last letters with the case. */
const inflecting = /^(?:pl|cs|sk|sl|hr|sr|bs|lt|lv|la|ro|hu|fi|et|pol|ces|slk|hrv|lit|lav|hun|fin|est)\b/i;

/** Optional fields that go as they are, by type, and why. */
const removals: Readonly<Record<string, string>> = {
  foreign: 'What foreign formats hold beyond our nouns nobody has read.',
  'Episode.media': 'The film’s file name and hash tell which film it is.',
  'Episode.contactSheetId': 'The picture shows every face.',
  'Evidence.note': 'Notes tell what was read, and who corrected it.',
};

/** All that stays of `foreign`: what a scene is numbered. */
function sceneNumberOf({ foreign }: NarrativeNode): string | undefined {
  const { number } = (foreign?.screenplay ?? {}) as { readonly number?: unknown };
  return typeof number === 'string' && /^\d{1,5}[A-Z]{0,2}$/.test(number) ? number : undefined;
}

/** A title that tells one episode from another, and not which it is. */
const titleOf = ({ episode }: Narrative, draw: KeyedDraw): string =>
  episode.ordinal === undefined
    ? `Episode ${hexOf(draw(`title:${episode.id}`), 2).toUpperCase()}`
    : `Episode ${episode.ordinal}`;
