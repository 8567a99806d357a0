import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * The field of the schema's root that an operation asks for, or `several`: what it is called in metrics and traces. Not
 * its own name, which clients make up; there are as many as the schema has root fields.
 */
export function rootFieldOf(document: DocumentNode, operation: OperationDefinitionNode): string {
  const known = named.get(operation);
  if (known !== undefined) return known;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const fields = new Set<string>();
  const seen = new Set<string>();
  const look = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections)
      switch (selection.kind) {
        case Kind.FIELD:
          fields.add(selection.name.value);
          break;
        case Kind.INLINE_FRAGMENT:
          look(selection.selectionSet);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const { value: name } = selection.name;
          const fragment = fragments.get(name);
          // Each once, or fragments that spread each other twice would take for ever.
          if (fragment && !seen.has(name)) {
            seen.add(name);
            look(fragment.selectionSet);
          }
          break;
        }
        default:
          selection satisfies never;
      }
  };
  look(operation.selectionSet);
  const [first = 'nothing'] = fields;
  const name = fields.size > 1 ? 'several' : first;
  named.set(operation, name);
  return name;
}

/** Apollo keeps parsed documents. */
const named = new WeakMap<OperationDefinitionNode, string>();
