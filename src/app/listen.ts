/** HTTP servers and the addresses they listen on. */
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FabulaError } from '../../schema/errors.js';
import { hostOf } from './request-address.js';

/** Listens at last; `setting` names what chose the port. BAD_CONFIG for one that is taken or not to be had. */
export function listen(http: Server, host: string, port: number, setting = '--port'): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      switch (error.code) {
        case 'EADDRINUSE':
          return reject(bad(`Port ${port} is taken.`, `Choose another with ${setting}; 0 takes a free one.`));
        case 'EACCES':
          return reject(bad(`Port ${port} may not be used by this user.`, 'Choose one above 1023.'));
        case 'EADDRNOTAVAIL':
        case 'ENOTFOUND':
          return reject(bad(`This machine has no address ${host}.`, '0.0.0.0 stands for all that it has.'));
        default:
          return reject(error);
      }
    });
    http.listen(port, host, resolve);
  });
}

const bad = (what: string, hint: string) => new FabulaError('BAD_CONFIG', what, hint);

/** Where a server answers, such as `http://127.0.0.1:4000`. */
export function addressOf(http: Server): string {
  const { address, family, port } = http.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** A page elsewhere can point a name of its own at this machine: all but loopback's own names are FORBIDDEN. */
export function refuseForeignNames(request: IncomingMessage): void {
  if (isLoopback(hostOf(request))) return;
  throw new FabulaError('FORBIDDEN', 'This server answers on loopback addresses only.');
}
