/** How the values of a prepared query come to stand in its answer. */
import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';

export type Container = Record<string | number, unknown>;

/** One time that a query is done, as those see it who complete its values. */
export interface Completing {
  readonly context: object;
  /** An object with these fields of a source. */
  answer(fields: readonly Field[], source: unknown): Container;
  /** Puts what a promise gives in its place, which is kept until then. */
  later(promise: PromiseLike<unknown>, put: Put, into: Container, key: string | number): void;
  /** What a resolver may ask about its field. */
  info(field: Field | undefined): GraphQLResolveInfo;
}

/** Completes a value and puts it in its place. */
export type Put = (run: Completing, value: unknown, into: Container, key: string | number) => void;

export interface Field {
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
export const leave = (): never => {
  throw unusual;
};

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  value instanceof Promise || typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
