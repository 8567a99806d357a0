/**
 * Looking ahead: a list asks the store to bring what the query asks of its nodes, so that shots with scenes, appearances
 * and characters cost one trip, not three. Fields say what they follow where they are resolved.
 */
import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  visit,
} from 'graphql';
import { Extensions } from 'type-graphql';
import type { Neighbour, PageRequest } from '../graph/store.js';
import type { NodeKind } from '../schema/enums.js';
import { heavyFields } from '../schema/heavy-fields.js';
import { largestPage } from './paging.js';
import { hasVariables } from './variables.js';

/** What a field follows from its node; of children, its argument `first` says how many. */
type Followed =
  | { readonly by: 'reference'; readonly field: string }
  | { readonly by: 'character'; readonly field: string }
  | { readonly by: 'parent'; readonly kind: NodeKind };

/** Says of a field of a noun what it asks the loaders for. */
export const Follows = (followed: Followed): PropertyDecorator & MethodDecorator => Extensions({ followed });

/** Most neighbours that one list brings; the rest is asked for later. */
const mostNeighbours = 12;

/** What a query says of the nodes of the list that is being resolved: what to bring along, and what can be left out. */
export const aheadOf = (info: GraphQLResolveInfo): Pick<PageRequest, 'along' | 'isBrief'> => ({
  along: alongOf(info),
  isBrief: isBrief(info),
});

const isHeavy: ReadonlySet<string> = new Set(heavyFields);
const briefOperations = new WeakMap<OperationDefinitionNode, boolean>();

/** Whether no heavy field is asked for, wherever in the operation: its parts share the nodes that were read. */
export function isBrief({ operation, fragments }: GraphQLResolveInfo): boolean {
  const known = briefOperations.get(operation);
  if (known !== undefined) return known;
  let isFound = false;
  for (const definition of [operation, ...Object.values(fragments)])
    visit(definition, {
      Field({ name }) {
        isFound ||= isHeavy.has(name.value);
      },
    });
  briefOperations.set(operation, !isFound);
  return !isFound;
}

/** What a field that gives nodes of a type will be asked for; undefined where a variable has a say in it. */
interface Found {
  readonly type: GraphQLOutputType;
  readonly along: readonly Neighbour[] | undefined;
}

const foundOnce = new WeakMap<FieldNode, Found>();

/** What the nodes of the list that is being resolved will be asked for. */
function alongOf(info: GraphQLResolveInfo): readonly Neighbour[] {
  const [field, another] = info.fieldNodes;
  // Fields of the same name, each with something to ask for.
  if (!field || another) return findAlong(info);
  const known = foundOnce.get(field);
  if (known && known.type === info.returnType) return known.along ?? findAlong(info);
  const along = findAlong(info);
  const parts = [field.selectionSet, ...Object.values(info.fragments)].filter((part) => part !== undefined);
  foundOnce.set(field, { type: info.returnType, along: hasVariables(parts) ? undefined : along });
  return along;
}

function findAlong(info: GraphQLResolveInfo): readonly Neighbour[] {
  const listed = getNamedType(info.returnType);
  if (!isObjectType(listed)) return [];
  let left = mostNeighbours;

  const neighboursOf = (type: GraphQLObjectType, fields: readonly FieldNode[]): readonly Neighbour[] => {
    const found = new Map<string, Neighbour>();
    for (const selected of fields.flatMap((field) => selectedIn(field, type, info))) {
      const field = type.getFields()[selected.name.value];
      const followed = field?.extensions.followed as Followed | undefined;
      if (!field || !followed || left === 0) continue;
      const neighbour = followed.by === 'parent' ? childrenOf(followed.kind, selected, type) : followed;
      const key = JSON.stringify({ ...neighbour, along: undefined });
      if (neighbour && !found.has(key)) {
        found.set(key, neighbour);
        left--;
      }
    }
    return [...found.values()];
  };

  const childrenOf = (kind: NodeKind, selected: FieldNode, type: GraphQLObjectType): Neighbour | undefined => {
    const field = type.getFields()[selected.name.value];
    const child = field && getNamedType(field.type);
    const limit = Number(field && getArgumentValues(field, selected, info.variableValues).first);
    if (!isObjectType(child) || !(limit >= 1 && limit <= largestPage)) return undefined;
    return { by: 'parent', kind, limit, along: neighboursOf(child, [selected]) };
  };

  if (!listed.name.endsWith('Connection')) return neighboursOf(listed, info.fieldNodes);
  const under = (fields: readonly FieldNode[], type: GraphQLObjectType, name: string) =>
    fields.flatMap((field) => selectedIn(field, type, info)).filter((field) => field.name.value === name);
  const node = getNamedType(listed.getFields().nodes?.type);
  const edge = getNamedType(listed.getFields().edges?.type);
  if (!isObjectType(node) || !isObjectType(edge)) return [];
  return neighboursOf(node, [
    ...under(info.fieldNodes, listed, 'nodes'),
    ...under(under(info.fieldNodes, listed, 'edges'), edge, 'node'),
  ]);
}

/** Fields selected inside a field for nodes of a type, those of fragments included. */
function selectedIn(field: FieldNode, type: GraphQLObjectType, info: GraphQLResolveInfo): FieldNode[] {
  const fits = (condition: string | undefined) =>
    condition === undefined || condition === type.name || type.getInterfaces().some(({ name }) => name === condition);
  const fieldsOf = (selections: readonly SelectionNode[]): FieldNode[] =>
    selections.flatMap((selection) => {
      if (!isAskedFor(selection, info)) return [];
      switch (selection.kind) {
        case Kind.FIELD:
          return [selection];
        case Kind.INLINE_FRAGMENT:
          return fits(selection.typeCondition?.name.value) ? fieldsOf(selection.selectionSet.selections) : [];
        case Kind.FRAGMENT_SPREAD: {
          const fragment = info.fragments[selection.name.value];
          return fragment && fits(fragment.typeCondition.name.value) ? fieldsOf(fragment.selectionSet.selections) : [];
        }
        default:
          return selection satisfies never;
      }
    });
  return fieldsOf(field.selectionSet?.selections ?? []);
}

/** Neither skipped nor left out by a directive. */
const isAskedFor = (selection: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean =>
  !selection.directives?.length ||
  (getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.if !== false);
