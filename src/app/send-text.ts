import type { ServerResponse } from 'node:http';

/** Ends an answer with this text, in one write with its head. */
export function sendText(response: ServerResponse, text: string): void {
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
