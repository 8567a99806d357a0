/** A server of one file that misbehaves as it is told, and remembers what it was asked. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What to do instead of sending the bytes; `true` when that was all. */
export type Mischief = (request: IncomingMessage, response: ServerResponse, body: Buffer) => boolean;

export interface FileServer {
  readonly url: string;
  /** `GET /path` or `GET /path bytes=7-`, in order. */
  readonly asked: string[];
  /** Bytes of bodies that were sent on purpose. */
  sent: number;
  /** For the next requests, one each; after them it behaves. */
  readonly mischief: Mischief[];
  close(): Promise<void>;
}

export async function serveFile(content: Buffer): Promise<FileServer> {
  const server: Server = createServer((request, response) => {
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    files.asked.push([request.method, request.url, request.headers.range].filter(Boolean).join(' '));
    const body = content.subarray(Number(range?.[1] ?? 0));
    if (files.mischief.shift()?.(request, response, body)) return;
    files.sent += body.length;
    if (range) {
      const contentRange = `bytes ${range[1]}-${content.length - 1}/${content.length}`;
      response.writeHead(206, { 'content-range': contentRange, 'content-length': body.length });
    } else response.writeHead(200, { 'content-length': body.length });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const files: FileServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    sent: 0,
    mischief: [],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return files;
}
