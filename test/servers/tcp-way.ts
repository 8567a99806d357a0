/** A way to a server on this machine that can be cut, or frozen: the server then seems gone, or silent. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface TcpWay {
  /** As Neo4j wants it. */
  readonly url: string;
  /** Ends all connections and takes no more. */
  readonly cut: () => void;
  /** Holds what is sent from now on. */
  readonly freeze: () => void;
  readonly mend: () => void;
  close(): Promise<void>;
}

export async function openTcpWay(port: number): Promise<TcpWay> {
  let state: 'open' | 'cut' | 'frozen' = 'open';
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (state === 'cut') return near.destroy();
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      sockets.add(from);
      from.on('data', (chunk) => {
        if (state === 'open') to.write(chunk);
      });
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    state = 'cut';
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    freeze: () => {
      state = 'frozen';
    },
    mend: () => {
      state = 'open';
    },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
