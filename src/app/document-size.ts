/** How large a GraphQL document is by itself, whatever its variables are. */
import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode, visit } from 'graphql';

export interface DocumentSize {
  readonly depth: number;
  readonly aliases: number;
  /** Of values written in the document. */
  readonly nesting: number;
  /** Variables on which the complexity depends: lengths of lists, and conditions of directives. */
  readonly counting: readonly string[];
}

/** Apollo keeps parsed documents, so what depends on the document alone is measured once. */
const measured = new WeakMap<DocumentNode, DocumentSize>();

export function sizeOf(document: DocumentNode): DocumentSize {
  const size = measured.get(document) ?? measureDocument(document);
  measured.set(document, size);
  return size;
}

/** Arguments of fields, and of `@skip` and `@include`. */
const countingArguments: ReadonlySet<string> = new Set(['first', 'top', 'if']);

function measureDocument(document: DocumentNode): DocumentSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const depths = new Map<string, number>();

  const depthOfFragment = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    // Validation has refused fragments that contain themselves.
    const depth = fragment ? depthOf(fragment.selectionSet) : 0;
    depths.set(name, depth);
    return depth;
  };
  const depthOf = (selected: SelectionSetNode): number =>
    selected.selections.reduce((deepest, selection) => {
      switch (selection.kind) {
        case Kind.FIELD: {
          if (selection.name.value.startsWith('__')) return deepest;
          return Math.max(deepest, 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0));
        }
        case Kind.INLINE_FRAGMENT:
          return Math.max(deepest, depthOf(selection.selectionSet));
        case Kind.FRAGMENT_SPREAD:
          return Math.max(deepest, depthOfFragment(selection.name.value));
        default:
          return selection satisfies never;
      }
    }, 0);

  const counting = new Set<string>();
  let aliases = 0;
  let open = 0;
  let nesting = 0;
  const isNest = (kind: Kind) => kind === Kind.LIST || kind === Kind.OBJECT;
  visit(document, {
    enter: (node) => {
      if (node.kind === Kind.FIELD && node.alias) aliases++;
      if (node.kind === Kind.ARGUMENT && node.value.kind === Kind.VARIABLE && countingArguments.has(node.name.value))
        counting.add(node.value.name.value);
      if (isNest(node.kind)) nesting = Math.max(nesting, ++open);
    },
    leave: (node) => {
      if (isNest(node.kind)) open--;
    },
  });
  const depth = document.definitions.reduce(
    (deepest, definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? Math.max(deepest, depthOf(definition.selectionSet)) : deepest,
    0,
  );
  return { depth, aliases, nesting, counting: [...counting] };
}
