/** GET over HTTP(S), through a proxy where one is set (Node's own `fetch` knows none), with redirects. */
import { get as httpGet, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as httpsGet } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';

export interface HttpProxy {
  readonly url: string;
  /** Hosts that are reached without it, with all below them. */
  readonly except: readonly string[];
}

export interface GetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly proxy?: HttpProxy;
  readonly signal?: AbortSignal;
  /** A connection that is silent for so long is given up. */
  readonly silentMs?: number;
}

const mostRedirects = 5;

/** The answer to a GET, its body still to be read; rejects when the server cannot be reached. */
export async function httpGetFollowing(address: string, options: GetOptions = {}): Promise<IncomingMessage> {
  let url = new URL(address);
  for (let redirects = 0; ; redirects++) {
    const response = await getOnce(url, options);
    const { statusCode = 0, headers } = response;
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) return response;
    response.destroy();
    if (redirects === mostRedirects) throw new Error('it redirects in circles');
    const next = new URL(headers.location, url);
    if (!/^https?:$/.test(next.protocol) || (url.protocol === 'https:' && next.protocol !== 'https:'))
      throw new Error(`it redirects to ${next.protocol}//`);
    url = next;
  }
}

async function getOnce(url: URL, { headers, proxy, signal, silentMs = 30_000 }: GetOptions): Promise<IncomingMessage> {
  const options: RequestOptions = { headers: { ...headers }, signal, timeout: silentMs };
  if (proxy && !isExcepted(url.hostname, proxy.except)) {
    const socket = await tunnel(new URL(proxy.url), url, { signal, timeout: silentMs });
    options.createConnection = () =>
      url.protocol === 'https:'
        ? tlsConnect({ socket, ...(!isIP(url.hostname) && { servername: url.hostname }) })
        : socket;
  }
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? httpsGet(url, options) : httpGet(url, options);
    request.on('timeout', () => request.destroy(new Error(`it is silent for ${silentMs / 1000} s`)));
    // Of an attempt over both IPv4 and IPv6 only the code tells what happened.
    request.on('response', resolve).on('error', (error: NodeJS.ErrnoException) => {
      reject(error.message ? error : new Error(error.code, { cause: error }));
    });
  });
}

/** A way through the proxy to the host (RFC 9110, CONNECT). */
async function tunnel(proxy: URL, { protocol, hostname, port }: URL, options: RequestOptions): Promise<Socket> {
  if (proxy.protocol !== 'http:') throw new Error(`the proxy is no http: address but ${proxy.protocol}`);
  const { username, password } = proxy;
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const host = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      ...options,
      ...{ host: proxy.hostname, port: proxy.port || 80, method: 'CONNECT', path: host },
      headers: { host, ...(username && { 'proxy-authorization': `Basic ${login}` }) },
    });
    request.on('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) resolve(socket as Socket);
      else {
        socket.destroy();
        reject(new Error(`the proxy answers ${statusCode}`));
      }
    });
    request.on('timeout', () => request.destroy(new Error('the proxy is silent')));
    request.on('error', ({ message }) => reject(new Error(`the proxy cannot be reached (${message})`)));
    request.end();
  });
}

const isExcepted = (hostname: string, except: readonly string[]) =>
  except.some((each) => hostname === each || hostname.endsWith(`.${each.replace(/^\*?\./, '')}`));
