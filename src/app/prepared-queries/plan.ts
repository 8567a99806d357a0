import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  getArgumentValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { hasVariables } from '../../../resolvers/variables.js';
import { putLeaf, putList } from './complete-values.js';
import { type Field, isPromise, leave, type Put } from './completing.js';

/** What is known of a document, whoever asks it. */
export class Plan {
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
    const args = hasVariables(nodes[0].arguments ?? []) ? undefined : getArgumentValues(definition, nodes[0], {});
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
