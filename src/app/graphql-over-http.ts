/** GraphQL requests over HTTP, in plain terms of node:http, whoever has read the body. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import { callerOf } from './gate.js';
import type { GraphqlApi } from './graphql.js';
import { searchOf } from './request-address.js';
import { signalOf } from './request-signal.js';
import { requestOf } from './telemetry/requests.js';

/** Sets the head of the answer to a request that the gate has let through, and returns what is to be sent. */
export type AnswerGraphql = (request: IncomingMessage, response: ServerResponse, body: unknown) => Promise<string>;

/** `requestMs`: how long each may take. */
export const graphqlOverHttp =
  ({ server, known, newContext }: GraphqlApi, requestMs: number): AnswerGraphql =>
  async (request, response, body) => {
    const context = newContext(callerOf(response), signalOf(response, requestMs), requestOf(response));
    const text = takesPlainJson(request) ? await known.answer(body, context) : undefined;
    if (text !== undefined) {
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      return text;
    }
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? '',
        headers: headersOf(request),
        search: searchOf(request),
        body,
      },
      context: async () => context,
    });
    if (answer.body.kind !== 'complete') throw new Error('The API has no incremental delivery.');
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    return answer.body.string;
  };

/** Whether Apollo would answer it with `application/json`, without a look at what else the client would take. */
const takesPlainJson = ({ method, headers: { accept } }: IncomingMessage): boolean =>
  method === 'POST' && (accept === undefined || accept === '*/*' || accept === 'application/json');

function headersOf({ headers }: IncomingMessage): HeaderMap {
  const found = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) found.set(name, Array.isArray(value) ? value.join(', ') : value);
  return found;
}
