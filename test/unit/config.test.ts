import { deepEqual, equal, throws } from 'node:assert/strict';
import { readConfig, runAsInProduction } from '../../src/app/config.js';

describe('the configuration', () => {
  const read = (environment: Record<string, string> = {}) => readConfig({ FABULA_HOME: '/home', ...environment });

  it('says what models run on, and refuses what nothing runs on', () => {
    equal(read().device, 'auto');
    equal(read({ FABULA_DEVICE: 'webgpu' }).device, 'webgpu');
    throws(() => read({ FABULA_DEVICE: 'gpu' }), {
      code: 'BAD_CONFIG',
      message: /FABULA_DEVICE must be one of auto, cuda/,
    });
  });

  it('runs libraries as in production unless somebody says otherwise, who alone turns GraphiQL off by that', () => {
    const explorerIn = (environment: Record<string, string>) => {
      const inProduction: Record<string, string | undefined> = { ...environment };
      runAsInProduction(inProduction);
      const { NODE_ENV } = inProduction;
      return [NODE_ENV, readConfig({ FABULA_HOME: '/home', ...inProduction }).http.explorer];
    };
    deepEqual(explorerIn({}), ['production', true]);
    deepEqual(explorerIn({ NODE_ENV: ' ', FABULA_GRAPHIQL: '' }), ['production', true]);
    deepEqual(explorerIn({ FABULA_GRAPHIQL: 'off' }), ['production', false]);
    deepEqual(explorerIn({ NODE_ENV: 'production' }), ['production', false]);
    deepEqual(explorerIn({ NODE_ENV: 'development' }), ['development', true]);
  });

  it('says which server holds the graph, and refuses half of it', () => {
    const url = 'neo4j+s://graph.example.org:7687';
    equal(read().neo4j, undefined);
    deepEqual(read({ NEO4J_URL: url, NEO4J_PASSWORD: 'p' }).neo4j, { url, user: 'neo4j', password: 'p' });
    deepEqual(read({ NEO4J_URL: url, NEO4J_USER: 'u' }).neo4j, { url, user: 'u', password: '' });
    for (const wrong of ['localhost:7687', 'http://localhost:7474', 'bolt://', 'neo4j://u:secret@host'])
      throws(() => read({ NEO4J_URL: wrong }), { code: 'BAD_CONFIG', message: /^NEO4J_URL (?!.*secret)/ }, wrong);
    throws(() => read({ NEO4J_PASSWORD: 'p' }), { code: 'BAD_CONFIG', message: /NEO4J_URL is missing/ });
  });

  it('says which Redis carries jobs', () => {
    equal(read().redisUrl, undefined);
    equal(read({ REDIS_URL: 'rediss://u:p@queue:6380/1' }).redisUrl, 'rediss://u:p@queue:6380/1');
    for (const wrong of ['localhost:6379', 'http://u:secret@queue'])
      throws(() => read({ REDIS_URL: wrong }), { code: 'BAD_CONFIG', message: /^REDIS_URL (?!.*secret)/ }, wrong);
  });

  it('says where models come from', () => {
    equal(read({ FABULA_MODELS_MIRROR: 'http://mirror/models//' }).modelsMirror, 'http://mirror/models');
    throws(() => read({ FABULA_MODELS_MIRROR: '/models' }), { code: 'BAD_CONFIG', message: /FABULA_MODELS_MIRROR/ });
  });

  it('says what films may be sent, and where they lie', () => {
    const { mostBytes, heldBytes, types } = read().media.uploads;
    deepEqual([mostBytes, heldBytes, types.length], [20e9, 200e9, 9]);
    const set = { FABULA_MEDIA_LIMIT_GB: '0.5', FABULA_UPLOADS_GB: '0', FABULA_UPLOAD_TYPES: 'mp4, mkv' };
    deepEqual(read(set).media.uploads, { mostBytes: 5e8, heldBytes: 0, types: ['mp4', 'mkv'] });
    const wrong = { FABULA_UPLOADS_GB: '-1', FABULA_UPLOAD_TYPES: 'exe', FABULA_MEDIA_LIMIT_GB: '0' };
    for (const [name, value] of Object.entries(wrong))
      throws(() => read({ [name]: value }), { code: 'BAD_CONFIG', message: new RegExp(name) });
    throws(() => read({ FABULA_MEDIA_ROOTS: 'films=/films:/srv/uploaded' }), {
      code: 'BAD_CONFIG',
      message: /FABULA_MEDIA_ROOTS must name no root "uploaded"/,
    });
  });

  it('takes the proxy of all programs, with the hosts that need none', () => {
    equal(read().proxy, undefined);
    deepEqual(read({ HTTPS_PROXY: 'proxy:3128', NO_PROXY: 'mirror, .example.org' }).proxy, {
      url: 'http://proxy:3128',
      except: ['localhost', '127.0.0.1', 'mirror', '.example.org'],
    });
    equal(read({ https_proxy: 'socks5://proxy' }).proxy?.url, 'socks5://proxy');
  });
});
