/**
 * Queries that were asked before, by their text. Apollo takes each request through all of its pipeline: it hashes the
 * text to find the document again and waits for every hook of every plugin, which costs more than most answers. What
 * it has found to be in order once needs no more than the limits that depend on its variables.
 */
import { type DocumentNode, type GraphQLSchema, getOperationAST } from 'graphql';
import type { Context } from '../../../resolvers/context.js';
import { refuseLarge } from '../query-limits.js';
import type { Operations } from '../telemetry/operations.js';
import { rootFieldOf } from '../telemetry/root-field.js';
import type { Learn, preparedQueries } from './plugin.js';

export interface KnownQueries {
  readonly learn: Learn;
  /** The answer to a request's body, as Apollo would write it; undefined where Apollo must. */
  answer(body: unknown, context: Context): Promise<string | undefined>;
}

/** In characters: of one query, and of all that are remembered. A document takes some hundred bytes for each. */
const mostText = { each: 20_000, all: 100_000 } as const;

export function openKnownQueries(
  schema: GraphQLSchema,
  prepared: ReturnType<typeof preparedQueries>,
  { begin }: Operations,
): KnownQueries {
  // In the order in which they were learnt.
  const documents = new Map<string, DocumentNode>();
  let held = 0;
  return {
    learn(text, document) {
      if (text.length > mostText.each || documents.has(text)) return;
      documents.set(text, document);
      held += text.length;
      for (const oldest of documents.keys()) {
        if (held <= mostText.all) break;
        documents.delete(oldest);
        held -= oldest.length;
      }
    },
    async answer(body, context) {
      const asked = askedIn(body);
      const document = asked && documents.get(asked.query);
      const operation = document && getOperationAST(document, asked.operationName);
      if (!operation) return undefined;
      try {
        refuseLarge(schema, document, operation, asked.variables);
      } catch {
        return undefined;
      }
      const end = begin(context);
      const data = await prepared(document, operation, context, asked.variables);
      if (!data) return undefined;
      end({ type: operation.operation, field: rootFieldOf(document, operation), name: asked.operationName });
      return `${JSON.stringify({ data })}\n`;
    },
  };
}

interface Asked {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Undefined where there is anything that Apollo would look at twice. */
function askedIn(body: unknown): Asked | undefined {
  if (!isRecord(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== 'string') return undefined;
  if (typeof (operationName ?? '') !== 'string' || !isRecord(variables ?? {})) return undefined;
  if (!isRecord(extensions ?? {}) || (extensions as { persistedQuery?: unknown } | null)?.persistedQuery)
    return undefined;
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} } as Asked;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
