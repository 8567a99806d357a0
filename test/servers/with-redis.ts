import { type RedisServer, startRedis, whyNoRedis } from './redis.js';

/** To be called in a block of tests that need a server of their own: skips them where there is none. */
export function withRedis(): { readonly server: RedisServer } {
  let server: RedisServer | undefined;
  before(async function () {
    const reason = whyNoRedis();
    if (reason) {
      console.log(`      skipped: ${reason}`);
      return this.skip();
    }
    server = await startRedis();
  });
  after(() => server?.kill());
  return {
    get server() {
      if (!server) throw new Error('Redis is not running: only its tests may ask for it.');
      return server;
    },
  };
}
