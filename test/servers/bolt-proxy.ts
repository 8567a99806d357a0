import { connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';

export interface BoltProxy {
  readonly port: number;
  close(): Promise<void>;
}

/** Speaks TLS, signed by itself, in front of a Bolt server; `rewrite` changes what the server says. */
export async function startBoltProxy(target: URL, rewrite = (said: Buffer): Buffer => said): Promise<BoltProxy> {
  const open = new Set<Socket>();
  const server = createServer({ key, cert }, (client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (said) => client.write(rewrite(said)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

// Made for this test alone: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 36500 -subj /CN=localhost
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXic0aAihFv/ak0or
61x3s/g/iVaEWBiuxAn7sGsXOzqhRANCAATsE2uSxpOlULzxBLPtqUfIYGRuIeV1
PhLApcEkEmsYbYzpraPRw8vijMJyL/2x7ATx+4pe70nSKGEcu0ZHtWU3
-----END PRIVATE KEY-----
`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUJi2n1VOkhKD97cCLqmWXA7hpW1MwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjE2NDgxNVoYDzIxMjYxMDI5
MTY0ODE1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATsE2uSxpOlULzxBLPtqUfIYGRuIeV1PhLApcEkEmsYbYzpraPRw8vi
jMJyL/2x7ATx+4pe70nSKGEcu0ZHtWU3o1MwUTAdBgNVHQ4EFgQUeahT/ebf8XI1
/B4ZB+u0A1f5wkkwHwYDVR0jBBgwFoAUeahT/ebf8XI1/B4ZB+u0A1f5wkkwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEArGS5zY2u6HAi83/GZEYJ
tC2P4tkw73JeKspKEhNt8c4CIQChFrTMGH8n+ZoedBOrt/8uV2V1LG+X1vc1SiTp
xaWT2w==
-----END CERTIFICATE-----
`;
