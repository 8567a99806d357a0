/**
 * Every place of the API where a client can put a string, found in the schema itself: arguments of queries, mutations,
 * subscriptions and of fields below them, and what lies inside inputs. Each can be asked with any text there, and with
 * what is true or at least plausible in all others, so that the text comes as far as it can.
 */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { buildApiSchema } from '../../../resolvers/schema.js';
import { type Path, requestOf } from './requests.fixture.js';

export interface StringPlace {
  /** Such as `Mutation.applyVerdicts(verdicts.field)`. */
  readonly name: string;
  readonly operation: 'query' | 'mutation' | 'subscription';
  readonly isCursor: boolean;
  readonly isJson: boolean;
  /** Asks with this text there; without one, with what is plausible there, too. */
  ask(text?: unknown): { readonly query: string; readonly variables: Record<string, unknown> };
}

/** What there is to be named. */
export interface Known {
  readonly characters: readonly [string, string];
  readonly jobId: string;
}

const schema = buildApiSchema();

export function stringPlaces(known: Known): readonly StringPlace[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values((type as GraphQLObjectType).getFields()).flatMap((field) =>
        field.args.flatMap((arg) =>
          placesIn(arg.type, [arg.name]).map((path) => placeAt(type.name, field, path, known)),
        ),
      ),
    );
}

/** Ways to the strings in a value of this type. */
function placesIn(type: GraphQLInputType, path: Path): readonly Path[] {
  const named = getNamedType(type);
  if (isInputObjectType(named))
    return Object.values(named.getFields()).flatMap((field) => placesIn(field.type, [...path, field.name]));
  return isScalarType(named) && !['Int', 'Float', 'Boolean'].includes(named.name) ? [path] : [];
}

/** How a field of a type is reached. Somebody who adds one with a string below another type says here how. */
const waysTo: Readonly<Record<string, (field: string) => string>> = {
  Query: (field) => field,
  Mutation: (field) => field,
  Subscription: (field) => field,
  Episode: (field) => `episode(id: "harbour") { ${field} }`,
  Series: (field) => `episode(id: "harbour") { series { ${field} } }`,
};

function placeAt(typeName: string, field: GraphQLField<unknown, unknown>, path: Path, known: Known): StringPlace {
  const name = `${typeName}.${field.name}(${path.join('.')})`;
  const wayTo = waysTo[typeName];
  if (!wayTo) throw new Error(`How is ${name} reached?`);
  const operation = typeName === 'Mutation' ? 'mutation' : typeName === 'Subscription' ? 'subscription' : 'query';
  return {
    name,
    operation,
    isCursor: path.at(-1) === 'after',
    isJson: String(typeOf(field.args, path)) === 'JSON',
    ask(text) {
      const asked = { place: path, text, known };
      const args = field.args.filter(({ name: arg, defaultValue }) => defaultValue === undefined || arg === path[0]);
      const filling = {
        enters: (inner: Path) => isOnTheWay(inner, asked),
        leaf: (type: GraphQLLeafType, inner: Path, isNeeded: boolean) => valueAt(type, inner, isNeeded, asked),
      };
      return requestOf(operation, { ...field, args }, filling, wayTo);
    },
  };
}

function typeOf(args: readonly GraphQLArgument[], [first, ...rest]: Path): GraphQLInputType | undefined {
  let type = args.find(({ name }) => name === first)?.type;
  for (const name of rest) {
    const named = type && getNamedType(type);
    type = isInputObjectType(named) ? named.getFields()[name]?.type : undefined;
  }
  return type && getNamedType(type);
}

interface Asked {
  readonly place: Path;
  readonly text: unknown;
  readonly known: Known;
}

function valueAt(type: GraphQLLeafType, path: Path, isNeeded: boolean, asked: Asked): unknown {
  const isPlace = path.length === asked.place.length && isOnTheWay(path, asked);
  if (isPlace && asked.text !== undefined) return asked.text;
  const [first] = isEnumType(type) ? type.getValues() : [];
  return plausible(path.at(-1) ?? '', asked) ?? (isNeeded ? first?.name : undefined);
}

const isOnTheWay = (path: Path, { place }: Asked): boolean => path.every((name, index) => name === place[index]);

function plausible(name: string, { place, known }: Asked): unknown {
  const at = place.at(-1) ?? '';
  const [mara, okafor] = known.characters;
  switch (name) {
    case 'episodeId':
      return at === 'seriesId' ? undefined : 'harbour';
    case 'id':
      return known.jobId;
    case 'nodeId':
      return 'harbour:scene1';
    case 'field':
      return 'location';
    case 'value':
      return 'the quay';
    case 'fixed':
      return 'the pier';
    case 'verdict':
      return 'FIX';
    case 'kind':
      return 'Scene';
    case 'text':
      return place[0] === 'input' ? undefined : 'ship';
    case 'path':
      return ['url', 'text', 'path'].includes(at) ? undefined : 'harbour.mp4';
    case 'characterId':
    case 'keepId':
      return mara;
    case 'otherIds':
      return [okafor];
    case 'personIds':
      return ['harbour:okafor'];
    case 'editId':
      return 'edit:nobody';
    case 'name':
      return 'Mara';
    case 'predicted':
    case 'reference':
      return { events: [] };
    case 'atMs':
      return 13_000;
    default:
      return undefined;
  }
}
