import { connect } from 'node:net';
import { type Attacked, openAttacked } from './attacked.fixture.js';

describe('A request to become a WebSocket', () => {
  let server: Attacked;
  before(async () => {
    server = await openAttacked();
  });
  after(() => server.close());

  /** Sends these bytes, and waits until the server has closed or said something. */
  const throwAt = (bytes: string) =>
    new Promise<void>((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes));
      socket.once('data', () => socket.destroy());
      socket.once('error', () => {});
      socket.once('close', () => resolve());
      socket.setTimeout(5000, () => reject(new Error(`No answer to ${JSON.stringify(bytes)}`)));
    });

  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

  for (const path of ['//', '///', 'http://', '//[', '/graphql', '*', '/%ff', `/${'a'.repeat(4000)}`, '/graphql?%'])
    it(`at ${path.slice(0, 20)} does not end the server`, async () => {
      for (const headers of ['', 'Host: x\r\n', 'Host: [\r\nOrigin: [\r\n', `Host: x\r\nOrigin: null\r\n${key}`])
        await throwAt(`GET ${path} HTTP/1.1\r\n${headers}${upgrade}\r\n`);
      await server.assertUnharmed();
    });
});
