/** GraphQL requests over HTTP: Apollo answers, in plain terms of node:http, whoever has read the body. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import { callerOf } from './gate.js';
import type { GraphqlApi } from './graphql.js';
import { searchOf } from './request-address.js';
import { signalOf } from './request-signal.js';
import { sendText } from './send-text.js';
import { requestOf } from './telemetry/requests.js';

/** Answers a request that the gate has let through. */
export type AnswerGraphql = (request: IncomingMessage, response: ServerResponse, body: unknown) => Promise<void>;

/** `requestMs`: how long each may take. */
export const graphqlOverHttp =
  ({ server, newContext }: Pick<GraphqlApi, 'server' | 'newContext'>, requestMs: number): AnswerGraphql =>
  async (request, response, body) => {
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? '',
        headers: headersOf(request),
        search: searchOf(request),
        body,
      },
      context: async () => newContext(callerOf(response), signalOf(response, requestMs), requestOf(response)),
    });
    if (answer.body.kind !== 'complete') throw new Error('The API has no incremental delivery.');
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    sendText(response, answer.body.string);
  };

function headersOf({ headers }: IncomingMessage): HeaderMap {
  const found = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) found.set(name, Array.isArray(value) ? value.join(', ') : value);
  return found;
}
