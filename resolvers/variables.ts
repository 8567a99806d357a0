import { type ASTNode, visit } from 'graphql';

/** Whether what these parts of a document say depends on a variable. */
export function hasVariables(parts: readonly ASTNode[]): boolean {
  let isFound = false;
  for (const part of parts)
    visit(part, {
      Variable() {
        isFound = true;
      },
    });
  return isFound;
}
