/**
 * Queries as trees of functions that are made once a document: graphql-js finds out anew for every object which of its
 * fields are selected, with which arguments, and how each is completed. Here is only the way on which nothing goes
 * wrong. Whatever is unusual (an error, a null where none may be, a directive) is left to graphql-js, which then does
 * the query from the start, so that it alone decides what an error looks like. No code is made from text.
 */
import { type DocumentNode, type GraphQLSchema, getVariableValues, type OperationDefinitionNode, visit } from 'graphql';
import { Plan } from './plan.js';
import { Run } from './run.js';

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
