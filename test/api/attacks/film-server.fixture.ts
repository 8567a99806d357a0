/** A server of films on this machine, which misbehaves as it is told; what it is asked is remembered. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseMediaHosts } from '../../../workers/media/remote/media-hosts.js';
import { openRemoteFilms, type RemoteSettings } from '../../../workers/media/remote/remote-films.js';

export type FilmServer = Awaited<ReturnType<typeof openFilmServer>>;

export async function openFilmServer() {
  const asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
    void response.end();
  const http = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    port,
    asked,
    /** What the next requests get. */
    answers(with_: typeof answer) {
      asked.length = 0;
      answer = with_;
    },
    /** These bytes as a good server gives them: whole or from where they are asked for, as one version. */
    serves(bytes: Buffer, etag = '"one"', { breakAt }: { breakAt?: number } = {}) {
      let breaks = breakAt;
      this.answers(({ headers }, response) => {
        if (headers['if-none-match'] === etag) return void response.writeHead(304).end();
        const wanted = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
        const from = wanted !== undefined && headers['if-range'] === etag ? Number(wanted) : 0;
        const rest = bytes.subarray(from);
        response.writeHead(from > 0 ? 206 : 200, {
          etag,
          'content-length': rest.length,
          ...(from > 0 && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
        });
        if (breaks === undefined) return void response.end(rest);
        response.write(rest.subarray(0, breaks), () => response.destroy());
        breaks = undefined;
      });
    },
    close: () => {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(resolve));
    },
  };
}

/** Remote films as users have them, but for names: `films.example` is the server above, and only there loopback will do. */
export const filmsFrom = (server: Pick<FilmServer, 'port'>, folder: string, settings: Partial<RemoteSettings> = {}) =>
  openRemoteFilms({
    folder,
    door: {
      hosts: parseMediaHosts(`films.example:${server.port}`),
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      isAllowedAddress: (address) => address === '127.0.0.1',
    },
    ...{ mostBytes: 1e6, keptBytes: 2e6, longestMs: 20_000, backOffMs: 1, silentMs: 1_000 },
    sniff: async () => {},
    ...settings,
  });
