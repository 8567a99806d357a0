/** How long GraphQL operations take and what they fail with; of those that Apollo does, as its plugin. */
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Context, Services } from '../../../resolvers/context.js';
import type { Log } from '../log.js';
import type { Meter } from './meter.js';
import type { WatchedRequest } from './requests.js';
import { rootFieldOf } from './root-field.js';
import { noSpan, type Span } from './tracing.js';
import { tracedStore } from './watched-store.js';

/** What is watched of the request that a context belongs to. */
interface WatchedOperation {
  readonly request: WatchedRequest;
  /** Around what the operation does. */
  span: Span;
}

const watchedOperation = Symbol('watched operation');

/** In the context itself, which Apollo copies, as it is copied from the services. */
type WatchedContext = Context & { readonly [watchedOperation]?: WatchedOperation };

/** The context of a request that is watched, made from these services: what it asks of them is told to its traces. */
export function watchedContext(
  request: WatchedRequest,
  services: Services,
  create: (services: Services) => Context,
): Context {
  const own: WatchedOperation = { request, span: request.span };
  const isTraced = request.span !== noSpan;
  const store = isTraced ? tracedStore(services.store, () => own.span) : services.store;
  const asking = isTraced ? services.queue.over(store) : services.queue;
  const queue: Services['queue'] = {
    ...asking,
    async ask(asked, by) {
      const { traceParent } = own.span;
      const job = await asking.ask({ ...asked, ...(traceParent && { traceParent }) }, by);
      request.note({ job: job.id });
      return job;
    },
  };
  const watched: Services & { readonly [watchedOperation]: WatchedOperation } = {
    ...services,
    store,
    queue,
    [watchedOperation]: own,
  };
  return create(watched);
}

/** What was asked, as far as it was understood. */
interface AskedOperation {
  readonly type: string;
  /** Of the root. */
  readonly field: string;
  /** As the client called it. */
  readonly name: string | null | undefined;
}

export interface Operations {
  /** Begins to watch the operation of a context, if that has not begun; what it returns tells how it ended. */
  begin(context: Context): (asked: AskedOperation, codes?: readonly string[]) => void;
}

export const watchOperations = (meter: Meter): Operations => ({
  begin(context) {
    const started = performance.now();
    const watched = (context as WatchedContext)[watchedOperation];
    if (watched && watched.span === watched.request.span) watched.span = watched.span.child('graphql');
    return ({ type, field, name }, codes = []) => {
      meter.operation(type, field, (performance.now() - started) / 1000, codes);
      if (!watched) return;
      const named = name?.slice(0, longestName);
      watched.request.note({
        operation: `${type} ${field}`,
        ...(named && { name: named }),
        ...(codes.length > 0 && { errors: codes }),
      });
      watched.span.rename(`${type} ${field}`);
      watched.span.note({ 'graphql.operation.type': type, 'graphql.operation.name': named });
      watched.span.end(codes[0]);
      watched.span = noSpan;
    };
  },
});

/** What was asked before it could be understood. */
const notUnderstood = { type: 'none', field: 'invalid' } as const;

/** Watches what Apollo does; `logs` learns whose lines are about which error. */
export function operationsPlugin({ begin }: Operations, logs: WeakMap<object, Log>): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue }) {
      const watched = (contextValue as WatchedContext)[watchedOperation];
      let asked: { readonly type: string; readonly field: string } = notUnderstood;
      const end = begin(contextValue);
      return {
        async didResolveOperation({ document, operation }) {
          if (operation) asked = { type: operation.operation, field: rootFieldOf(document, operation) };
        },
        async didEncounterErrors({ errors }) {
          if (watched) for (const error of errors) logs.set(error, watched.request.log);
        },
        async willSendResponse({ request, response }) {
          const codes = response.body.kind === 'single' ? codesIn(response.body.singleResult.errors) : [];
          end({ ...asked, name: request.operationName }, codes);
        },
      };
    },
  };
}

/** Of a name that a client made up, in characters. */
const longestName = 64;

/** Each once: an answer may hold the same error for every node of a list. */
const codesIn = (errors: readonly GraphQLFormattedError[] = []): readonly string[] => [
  ...new Set(errors.map(({ extensions }) => String(extensions?.code ?? 'INTERNAL_SERVER_ERROR'))),
];
