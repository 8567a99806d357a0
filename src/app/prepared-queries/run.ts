import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  type OperationDefinitionNode,
} from 'graphql';
import { type Completing, type Container, type Field, isPromise, leave, type Put } from './completing.js';
import type { Plan } from './plan.js';

/** An object of an answer: without a prototype, so that any name will do as a key. */
const Answer = function (this: object) {} as unknown as new () => Record<string | number, unknown>;
Answer.prototype = Object.create(null);

/** One time that a query is done. */
export class Run implements Completing {
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
    return new Info(this.#plan, this.#variables, field) as unknown as GraphQLResolveInfo;
  }
}

/** A class, since V8 makes objects with accessors of their own anew each time, and slowly. */
class Info {
  readonly schema: GraphQLSchema;
  readonly fragments: Plan['fragments'];
  readonly operation: OperationDefinitionNode;
  readonly rootValue = undefined;
  readonly variableValues: Readonly<Record<string, unknown>>;
  readonly fieldName: string | undefined;
  readonly fieldNodes: Field['nodes'] | undefined;
  readonly returnType: GraphQLOutputType | undefined;
  readonly parentType: GraphQLObjectType | undefined;

  constructor(plan: Plan, variables: Readonly<Record<string, unknown>>, field: Field | undefined) {
    this.schema = plan.schema;
    this.fragments = plan.fragments;
    this.operation = plan.operation;
    this.variableValues = variables;
    this.fieldName = field?.definition.name;
    this.fieldNodes = field?.nodes;
    this.returnType = field?.definition.type;
    this.parentType = field?.parent;
  }

  get path(): never {
    return leave();
  }
}

function propertyOf(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null) return undefined;
  const value = (source as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'function' ? leave() : value;
}
