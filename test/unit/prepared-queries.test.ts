import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  buildSchema,
  execute,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { prepareQuery } from '../../src/app/prepared-queries/prepare-query.js';

/** Everything that a type can be; `made` fields are resolved, at once or later, the others are read. */
const schema = buildSchema(`
  enum Size { SMALL LARGE }
  scalar Any
  interface Thing { id: ID! next: Thing list(first: Int! = 3, size: Size): [Thing!] }
  type Shot implements Thing { id: ID! next: Thing list(first: Int! = 3, size: Size): [Thing!]
    number: Int! share: Float flag: Boolean size: Size any: Any made: Shot madeList(first: Int = 2): [Shot]! }
  type Cue implements Thing { id: ID! next: Thing list(first: Int! = 3, size: Size): [Thing!] text: String said: [[String!]]! found: Found }
  union Found = Shot | Cue
  type Query { shot(id: ID): Shot things: [Thing!]! found(n: Int!): Found echo(any: Any, size: Size = SMALL): String }
`);

interface Drawn {
  /** Decides everything that is made up, number by number. */
  readonly choices: readonly number[];
  /** One in so many values is null, an error or of a wrong type; 0: none. */
  readonly trouble: number;
}

/** Rejected, and looked at or not. */
function rejected(): Promise<never> {
  const promise = Promise.reject(new Error('rejected'));
  promise.catch(() => {});
  return promise;
}

/** A world in which the same question always has the same answer, right or wrong, now or later. */
function worldOf({ choices, trouble }: Drawn) {
  const draw = (place: string, below: number) => {
    let hash = 7;
    for (const letter of place) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
    return ((choices[hash % choices.length] ?? 0) + hash) % below;
  };
  const thing = (place: string): object => {
    const common = { kind: draw(`${place}k`, 2) ? 'Shot' : 'Cue', id: place, place };
    const fields = {
      ...common,
      ...{ number: draw(`${place}n`, 50), share: draw(`${place}s`, 99) / 9, flag: draw(`${place}f`, 2) === 1 },
      ...{ size: draw(`${place}z`, 2) ? 'SMALL' : 'LARGE', any: { deep: [draw(`${place}a`, 5), null, 'x'] } },
      ...{ text: `said at ${place}`, said: [['a'], [], ['b', place]] },
    };
    if (trouble && draw(`${place}t`, trouble) === 0) {
      const spoilt = Object.keys(fields)[draw(`${place}w`, Object.keys(fields).length)]!;
      const wrong = [null, undefined, new Error('no'), 'NONE', Number.NaN, [], {}, () => 'called'];
      return { ...fields, [spoilt]: wrong[draw(`${place}v`, wrong.length)] };
    }
    return fields;
  };
  const maybeLater = (place: string, value: unknown) => {
    if (trouble && draw(`${place}x`, trouble * 3) === 0) throw new Error(`thrown at ${place}`);
    const mood = draw(`${place}m`, 4);
    if (mood === 0) return Promise.resolve(value);
    if (mood === 1) return Promise.resolve().then(() => Promise.resolve(value));
    if (mood === 2 && trouble && draw(`${place}y`, trouble) === 0) return rejected();
    return value;
  };
  const at = (source: unknown) => (source as { place?: string } | undefined)?.place ?? 'root';
  const one: GraphQLFieldResolver<unknown, unknown> = (source, args, _context, { fieldName }) => {
    const place = `${at(source)}.${fieldName}${JSON.stringify(args)}`;
    return maybeLater(place, draw(`${place}0`, 6) ? thing(place) : null);
  };
  const many: GraphQLFieldResolver<unknown, unknown> = (source, args, _context, { fieldName }) => {
    const place = `${at(source)}.${fieldName}${JSON.stringify(args)}`;
    const things = Array.from({ length: draw(`${place}l`, 4) }, (_, n) =>
      maybeLater(`${place}${n}`, thing(`${place}${n}`)),
    );
    return maybeLater(place, draw(`${place}0`, 9) ? things : null);
  };
  return { one, many };
}

let world = worldOf({ choices: [1], trouble: 0 });
for (const type of Object.values(schema.getTypeMap())) {
  if (isAbstractType(type))
    type.resolveType = (value) => {
      const { kind, id } = value as { kind: string; id: string };
      return id?.length % 2 ? kind : Promise.resolve(kind);
    };
  if (!isObjectType(type) || type.name.startsWith('__')) continue;
  const resolved: Record<string, GraphQLFieldResolver<unknown, unknown>> = {
    shot: (...asked) => shotOnly(world.one(...asked)),
    made: (...asked) => shotOnly(world.one(...asked)),
    madeList: async (...asked) => ((await world.many(...asked)) as unknown[] | null)?.map(shotOnly) ?? [],
    next: (...asked) => world.one(...asked),
    found: (...asked) => world.one(...asked),
    list: (...asked) => world.many(...asked),
    things: (...asked) => world.many(...asked),
    echo: (_source, args) => JSON.stringify(args),
  };
  for (const field of Object.values((type as GraphQLObjectType).getFields()))
    if (resolved[field.name]) field.resolve = resolved[field.name];
}

const shotOnly = (value: unknown): unknown =>
  value instanceof Promise ? value.then(shotOnly) : value && { ...(value as object), kind: 'Shot' };

const leaves = {
  Shot: ['id', 'number', 'share', 'flag', 'size', 'any', '__typename'],
  Cue: ['id', 'text', 'said', '__typename'],
};
const args = fc.constantFrom('', '(first: 2)', '(first: $n)', '(first: $n, size: LARGE)', '(size: $size)');
const alias = fc.constantFrom('', '', 'a: ', 'b: ', '__proto__: ', 'constructor: ');

const { selection } = fc.letrec<{ selection: string; thing: string; shot: string; cue: string }>((tie) => {
  const some = (...fields: fc.Arbitrary<string>[]) =>
    fc.array(fc.oneof({ maxDepth: 2 }, ...fields), { minLength: 1, maxLength: 4 }).map((drawn) => drawn.join(' '));
  const leaf = (type: keyof typeof leaves) =>
    fc.tuple(alias, fc.constantFrom(...leaves[type])).map(([name, field]) => `${name}${field}`);
  const into = (field: string, inside: 'thing' | 'shot', given: fc.Arbitrary<string> = fc.constant('')) =>
    fc.tuple(alias, given, tie(inside)).map(([name, drawn, fields]) => `${name}${field}${drawn} { ${fields} }`);
  const thing = some(
    fc.constantFrom('id', '__typename', '...F'),
    into('next', 'thing'),
    into('list', 'thing', args),
    tie('shot').map((fields) => `... on Shot { ${fields} }`),
    tie('cue').map((fields) => `... on Cue { ${fields} }`),
  );
  const found = fc
    .tuple(tie('shot'), tie('cue'))
    .map(([shot, cue]) => `{ __typename ... on Shot { ${shot} } ...on Cue { ${cue} } }`);
  return {
    thing,
    shot: some(
      leaf('Shot'),
      into('made', 'shot'),
      into('madeList', 'shot', fc.constantFrom('', '(first: $n)')),
      into('list', 'thing', args),
    ),
    cue: some(
      leaf('Cue'),
      found.map((fields) => `found ${fields}`),
      into('next', 'thing'),
    ),
    selection: some(
      into('shot', 'shot', fc.constantFrom('', '(id: "x")')),
      into('things', 'thing'),
      found.map((fields) => `found(n: $n) ${fields}`),
      fc.constantFrom('e: echo', 'f: echo(any: { a: [$n, "b"] }, size: $size)', '__typename'),
    ),
  };
});

describe('Prepared queries', () => {
  const prepare = (query: string) => {
    const document = parse(query);
    const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return { document, prepared: prepareQuery(schema, document, operation as OperationDefinitionNode) };
  };

  it('answer as graphql-js does, and leave to it whatever goes wrong', async () => {
    let answered = 0;
    let left = 0;
    await fc.assert(
      fc.asyncProperty(
        selection,
        fc.record({
          choices: fc.array(fc.nat(999), { minLength: 20, maxLength: 60 }),
          trouble: fc.constantFrom(0, 0, 4, 30),
        }),
        fc.record({ n: fc.constantFrom(1, 3, 'many'), size: fc.constantFrom('SMALL', 'LARGE', undefined, null) }),
        async (selected, drawn, variables) => {
          const query = `query ($n: Int! = 2, $size: Size) { ${selected} } fragment F on Thing { id ... on Cue { text } }`;
          const { document, prepared } = prepare(query);
          const isValid = validate(schema, document).every(({ message }) => /is never used/.test(message));
          fc.pre(isValid);
          world = worldOf(drawn);
          const expected = await execute({ schema, document, variableValues: variables });
          const data = await prepared?.({}, variables);
          if (expected.errors) {
            assert.equal(data, undefined, 'an error is graphql-js’s');
            left++;
          } else {
            assert.deepEqual(JSON.stringify(data), JSON.stringify(expected.data));
            answered++;
          }
        },
      ),
      { numRuns: 60 },
    );
    assert.ok(answered > 10 && left > 5, `${answered} answered, ${left} left`);
  });

  it('take and refuse the values that graphql-js takes and refuses', async () => {
    const values = [
      null,
      undefined,
      1,
      2 ** 31,
      -1.5,
      Number.NaN,
      true,
      '',
      '7',
      'SMALL',
      [],
      ['a', null],
      {},
      new Error('no'),
    ];
    for (const field of ['id', 'number', 'share', 'flag', 'size', 'any', 'madeList { id }', 'said', 'next { id }'])
      for (const value of values) {
        const text = `{ ${field === 'said' ? 'cue: found(n: 1) { ... on Cue' : 'shot {'} ${field === 'said' ? '{ said } }' : `${field} }`} }`;
        const { document, prepared } = prepare(text);
        const name = field.split(' ')[0]!;
        world = { one: () => ({ kind: name === 'said' ? 'Cue' : 'Shot', id: 'id', [name]: value }), many: () => value };
        const { data, errors } = await execute({ schema, document });
        const expected = errors ? undefined : JSON.stringify(data);
        assert.equal(JSON.stringify(await prepared?.({}, {})), expected, `${text} of ${String(value)}`);
      }
  });

  it('leave mutations, directives and introspection to graphql-js', () => {
    const refused = [
      '{ __schema { description } }',
      'query ($a: Boolean!) { things @skip(if: $a) { id } }',
      'mutation { x }',
    ];
    for (const query of refused) assert.equal(prepare(query).prepared, undefined, query);
  });

  it('leave a resolver that asks where it stands to graphql-js', async () => {
    const asking = buildSchema('type Query { where: String }');
    asking.getQueryType()!.getFields().where!.resolve = (_source, _args, _context, { path }) => path.key;
    const document = parse('{ where }');
    const prepared = prepareQuery(asking, document, document.definitions[0] as OperationDefinitionNode);
    assert.equal(await prepared?.({}, {}), undefined);
    assert.deepEqual({ ...(await execute({ schema: asking, document })).data }, { where: 'where' });
  });
});
