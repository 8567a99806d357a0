/** Requests as they are: fetch would tidy up paths, and refuse headers that an attacker sends. */
import { type IncomingHttpHeaders, request } from 'node:http';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** `extensions.code` of the first error, if the body holds one. */
  readonly code?: string;
}

export function sendTo(
  base: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Reply> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const code = /"code":"(\w+)"/.exec(text)?.[1];
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, ...(code && { code }) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** One GraphQL request over HTTP. */
export const askOver = (
  base: string,
  query: string,
  { token, variables, headers = {} }: { token?: string; variables?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply> =>
  sendTo(base, '/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
