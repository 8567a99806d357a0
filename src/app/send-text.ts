import type { ServerResponse } from 'node:http';

/** Answers JSON as text, head and body in one write. */
export function sendText(response: ServerResponse, text: string): void {
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
