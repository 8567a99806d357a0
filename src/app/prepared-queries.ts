/**
 * Queries as trees of functions that are made once a document: graphql-js finds out anew for every object which of its
 * fields are selected, with which arguments, and how each is completed. Here is only the way on which nothing goes
 * wrong. Whatever is unusual (an error, a null where none may be, a directive) is left to graphql-js, which then does
 * the query from the start, so that it alone decides what an error looks like. No code is made from text.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  GraphQLBoolean,
  type GraphQLField,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  GraphQLString,
  getArgumentValues,
  getVariableValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** An object of an answer: without a prototype, so that any name will do as a key. */
const Answer = function (this: object) {} as unknown as new () => Record<string | number, unknown>;
Answer.prototype = Object.create(null);

type Container = Record<string | number, unknown>;

/** Completes a value and puts it in its place. */
type Put = (run: Run, value: unknown, into: Container, key: string | number) => void;

interface Field {
  /** Among the fields of the document. */
  readonly place: number;
  readonly key: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly parent: GraphQLObjectType;
  /** Present where they depend on no variable. */
  readonly args: Readonly<Record<string, unknown>> | undefined;
  readonly put: Put;
}

/** Thrown to leave the query to graphql-js. */
const unusual = Symbol('unusual');
const leave = (): never => {
  throw unusual;
};

/** Does one query; undefined where graphql-js must. */
export type PreparedQuery = (
  context: object,
  variables: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>> | undefined>;

/** Prepares an operation of a valid document; undefined where graphql-js must do it. */
export function prepareQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PreparedQuery | undefined {
  const root = schema.getQueryType();
  if (operation.operation !== 'query' || !root || hasDirectives(document)) return undefined;
  const plan = new Plan(schema, document, operation);
  try {
    const fields = plan.fieldsOf(root, [operation.selectionSet]);
    return (context, given) => {
      const variables = getVariableValues(schema, operation.variableDefinitions ?? [], given);
      if (!variables.coerced) return Promise.resolve(undefined);
      return new Run(plan, context, variables.coerced).begin(fields);
    };
  } catch {
    return undefined;
  }
}

function hasDirectives(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive() {
      found = true;
    },
  });
  return found;
}

/** What is known of a document, whoever asks it. */
class Plan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode> = {};
  #places = 0;

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.schema = schema;
    this.operation = operation;
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments[definition.name.value] = definition;
  }

  /** The fields that are selected of a type, in the order of the answer. */
  fieldsOf(type: GraphQLObjectType, selected: readonly SelectionSetNode[]): readonly Field[] {
    const nodes = new Map<string, [FieldNode, ...FieldNode[]]>();
    const spread = new Set<string>();
    for (const set of selected) this.#collect(type, set, nodes, spread);
    return [...nodes].map(([key, sameKey]) => this.#field(type, key, sameKey));
  }

  #collect(
    type: GraphQLObjectType,
    selected: SelectionSetNode,
    nodes: Map<string, [FieldNode, ...FieldNode[]]>,
    spread: Set<string>,
  ): void {
    for (const selection of selected.selections)
      switch (selection.kind) {
        case Kind.FIELD: {
          const key = selection.alias?.value ?? selection.name.value;
          const sameKey = nodes.get(key);
          if (sameKey) sameKey.push(selection);
          else nodes.set(key, [selection]);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (this.#fits(type, selection.typeCondition?.name.value))
            this.#collect(type, selection.selectionSet, nodes, spread);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const fragment = this.fragments[selection.name.value];
          if (!fragment || spread.has(selection.name.value)) break;
          spread.add(selection.name.value);
          if (this.#fits(type, fragment.typeCondition.name.value))
            this.#collect(type, fragment.selectionSet, nodes, spread);
          break;
        }
        default:
          throw new Error(`No such selection: ${selection satisfies never}`);
      }
  }

  #fits(type: GraphQLObjectType, condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.schema.getType(condition);
    return isAbstractType(wanted) && this.schema.isSubType(wanted, type);
  }

  #field(parent: GraphQLObjectType, key: string, nodes: readonly [FieldNode, ...FieldNode[]]): Field {
    const name = nodes[0].name.value;
    const place = this.#places++;
    if (name === '__typename') {
      const definition = { name, type: GraphQLString, args: [], resolve: () => parent.name } as never;
      return { place, key, definition, nodes, parent, args: {}, put: putLeaf(GraphQLString) };
    }
    // Introspection is asked rarely.
    const definition = parent.getFields()[name] ?? leave();
    const args = usesVariables(nodes[0]) ? undefined : getArgumentValues(definition, nodes[0], {});
    return { place, key, definition, nodes, parent, args, put: this.#putter(definition.type, nodes) };
  }

  #putter(type: GraphQLOutputType, nodes: readonly FieldNode[]): Put {
    const isNullable = !isNonNullType(type);
    const present = this.#putterOfPresent(isNonNullType(type) ? type.ofType : type, nodes);
    return (run, value, into, key) => {
      if (value !== null && value !== undefined) present(run, value, into, key);
      else if (isNullable) into[key] = null;
      else leave();
    };
  }

  #putterOfPresent(type: GraphQLOutputType, nodes: readonly FieldNode[]): Put {
    if (isLeafType(type)) return putLeaf(type);
    if (isListType(type)) return putList(this.#putter(type.ofType, nodes));
    const selected = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isObjectType(type)) {
      const fields = this.fieldsOf(type, selected);
      return (run, value, into, key) => {
        into[key] = run.answer(fields, value);
      };
    }
    return isAbstractType(type) ? this.#abstractPutter(type, selected) : leave();
  }

  /** The fields of a concrete type are found when the first of its kind comes. */
  #abstractPutter(type: GraphQLAbstractType, selected: readonly SelectionSetNode[]): Put {
    const known = new Map<string, readonly Field[]>();
    const fieldsOf = (name: unknown): readonly Field[] => {
      const fields = known.get(name as string);
      if (fields) return fields;
      const concrete = typeof name === 'string' ? this.schema.getType(name) : undefined;
      if (!isObjectType(concrete) || !this.schema.isSubType(type, concrete)) return leave();
      const found = this.fieldsOf(concrete, selected);
      known.set(concrete.name, found);
      return found;
    };
    const resolveType = type.resolveType ?? leave();
    return (run, value, into, key) => {
      const put: Put = (_run, name) => {
        into[key] = run.answer(fieldsOf(name), value);
      };
      const name: unknown = resolveType(value, run.context, run.info(undefined), type);
      if (isPromise(name)) run.later(name, put, into, key);
      else put(run, name, into, key);
    };
  }
}

function usesVariables(node: FieldNode): boolean {
  let found = false;
  for (const argument of node.arguments ?? [])
    visit(argument.value, {
      Variable() {
        found = true;
      },
    });
  return found;
}

function putLeaf(type: GraphQLLeafType): Put {
  const isPlain = plainValues.get(type);
  return (_run, value, into, key) => {
    if (isPlain?.(value)) {
      into[key] = value;
      return;
    }
    if (value instanceof Error) leave();
    const serialized: unknown = type.serialize(value);
    into[key] = serialized ?? leave();
  };
}

/** Values that a built-in scalar serializes to themselves. */
const plainValues = new Map<GraphQLLeafType, (value: unknown) => boolean>([
  [GraphQLString, (value) => typeof value === 'string'],
  [GraphQLID, (value) => typeof value === 'string'],
  [GraphQLInt, (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31],
  [GraphQLFloat, Number.isFinite],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
]);

const putList =
  (putEntry: Put): Put =>
  (run, value, into, key) => {
    if (!Array.isArray(value)) return leave();
    const entries = new Array(value.length) as unknown as Container;
    into[key] = entries;
    // Promises first: if another entry ends the run, none is rejected with nobody there.
    for (const [n, entry] of value.entries()) if (isPromise(entry)) run.later(entry, putEntry, entries, n);
    for (const [n, entry] of value.entries()) if (!isPromise(entry)) putEntry(run, entry, entries, n);
  };

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  value instanceof Promise || typeof (value as { then?: unknown } | null | undefined)?.then === 'function';

/** One time that a query is done. */
class Run {
  readonly context: object;
  readonly #plan: Plan;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #args: Readonly<Record<string, unknown>>[] = [];
  readonly #infos: GraphQLResolveInfo[] = [];
  /** Promises that are waited for. */
  #open = 0;
  #data: Container = {};
  #isOver = false;
  #end: (data: Container | undefined) => void = () => {};

  constructor(plan: Plan, context: object, variables: Readonly<Record<string, unknown>>) {
    this.#plan = plan;
    this.context = context;
    this.#variables = variables;
  }

  begin(fields: readonly Field[]): Promise<Container | undefined> {
    return new Promise((resolve) => {
      this.#end = resolve;
      try {
        this.#data = this.answer(fields, undefined);
        if (this.#open === 0) resolve(this.#data);
      } catch {
        this.#giveUp();
      }
    });
  }

  /** An object with these fields of a source. */
  answer(fields: readonly Field[], source: unknown): Container {
    if (source instanceof Error) leave();
    const answer = new Answer();
    for (const field of fields) {
      const { key, put, definition } = field;
      const value: unknown = definition.resolve
        ? definition.resolve(source, this.#argsOf(field), this.context, this.info(field))
        : propertyOf(source, definition.name);
      if (isPromise(value)) this.later(value, put, answer, key);
      else put(this, value, answer, key);
    }
    return answer;
  }

  /** Puts what a promise gives in its place, which is kept until then. */
  later(promise: PromiseLike<unknown>, put: Put, into: Container, key: string | number): void {
    into[key] = undefined;
    this.#open++;
    promise.then(
      (value) => {
        if (this.#isOver) return;
        try {
          put(this, value, into, key);
          if (--this.#open === 0) this.#end(this.#data);
        } catch {
          this.#giveUp();
        }
      },
      () => this.#giveUp(),
    );
  }

  #giveUp(): void {
    this.#isOver = true;
    this.#end(undefined);
  }

  #argsOf({ args, place, definition, nodes }: Field): Readonly<Record<string, unknown>> {
    if (args) return args;
    const known = this.#args[place] ?? getArgumentValues(definition, nodes[0], this.#variables);
    this.#args[place] = known;
    return known;
  }

  /** What a resolver may ask about its field; where in the answer it stands, only graphql-js can say. */
  info(field: Field | undefined): GraphQLResolveInfo {
    if (!field) return this.#infoOf(undefined);
    const known = this.#infos[field.place] ?? this.#infoOf(field);
    this.#infos[field.place] = known;
    return known;
  }

  #infoOf(field: Field | undefined): GraphQLResolveInfo {
    const { schema, fragments, operation } = this.#plan;
    return {
      ...{ schema, fragments, operation, rootValue: undefined, variableValues: this.#variables },
      get path() {
        return leave();
      },
      ...(field && {
        fieldName: field.definition.name,
        fieldNodes: field.nodes,
        returnType: field.definition.type,
        parentType: field.parent,
      }),
    } as unknown as GraphQLResolveInfo;
  }
}

function propertyOf(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null) return undefined;
  const value = (source as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'function' ? leave() : value;
}
