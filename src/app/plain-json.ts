/** Bodies as nearly all clients send them: JSON in UTF-8, not compressed, of a length that is told and not too large. */
import type { IncomingMessage } from 'node:http';
import { UnreadableBody } from './http-errors.js';

/** Whether the body is such a one; all others, those that are to be refused among them, are for express.json. */
export function hasPlainJson({ headers }: IncomingMessage, mostBytes: number): boolean {
  const bytes = Number(headers['content-length']);
  return (
    bytes > 0 &&
    bytes <= mostBytes &&
    /^application\/json(; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '') &&
    headers['content-encoding'] === undefined &&
    headers['transfer-encoding'] === undefined
  );
}

/** Reads it, as express.json would: an object or a list. UnreadableBody. */
export async function readPlainJson(request: IncomingMessage): Promise<object> {
  const text = await textOf(request);
  try {
    const value: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {}
  throw new UnreadableBody('entity.parse.failed');
}

/** Node ends a body where its length says, so that nothing has to be counted. */
function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      if (!request.readableEnded) reject(new UnreadableBody('request.aborted'));
    };
    if (request.destroyed) return stop();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(Buffer.concat(chunks).toString()));
    request.once('close', stop);
  });
}
