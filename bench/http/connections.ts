import { Agent, request } from 'node:http';
import type { Request } from '../queries/questions.js';

export interface Burst {
  /** Milliseconds that each request took. */
  readonly times: readonly number[];
  readonly errors: number;
}

/** Sends requests over so many connections, the next on each as soon as the one before is answered. */
export async function sendOver(url: string, connections: number, count: number, draw: () => Request): Promise<Burst> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let errors = 0;
  let left = count;
  const one = async () => {
    while (left-- > 0) {
      const body = JSON.stringify(draw());
      const started = performance.now();
      const { status, text } = await post(`${url}/graphql`, body, agent);
      times.push(performance.now() - started);
      if (status !== 200 || text.includes('"errors"')) errors++;
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  agent.destroy();
  return { times, errors };
}

function post(url: string, body: string, agent: Agent): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
