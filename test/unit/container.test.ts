/**
 * Holds the Dockerfile and compose.yaml to what they are about, as far as that goes without Docker: what they copy, set
 * and start is there. (`docker build` itself runs nowhere here.)
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readConfig } from '../../src/app/config.js';
import { runCli } from '../e2e/run-cli.js';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const read = (name: string) => readFileSync(join(project, name), 'utf8');
interface Instruction {
  readonly stage: string;
  readonly name: string;
  readonly text: string;
}

const instructions: readonly Instruction[] = (() => {
  let stage = '';
  return read('Dockerfile')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', text = ''] = /^([A-Z]+) (.*)$/.exec(line.trim()) ?? [];
      assert.notEqual(name, '', line);
      if (name === 'FROM') stage = / AS (\S+)$/.exec(text)?.[1] ?? text;
      return { stage, name, text };
    });
})();
const those = (name: string, stage?: string) =>
  instructions
    .filter((each) => each.name === name && (stage === undefined || each.stage === stage))
    .map(({ text }) => text);
const settingsIn = (text: string) =>
  Object.fromEntries([...text.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]));

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly target: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: string;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
}
// Compose files merge mappings with `<<`, as YAML 1.1 does.
const compose = parse(read('compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build);

/** Every variable that readConfig looks at. */
const known: ReadonlySet<string> = (() => {
  const asked = new Set<string>();
  const given: Record<string, string> = { FABULA_OIDC_ISSUER: 'https://issuer.example', FABULA_OIDC_AUDIENCE: 'x' };
  const environment = new Proxy(given, {
    get(target, name) {
      asked.add(String(name));
      return Reflect.get(target, name);
    },
  });
  readConfig(environment);
  readConfig({ ...given, NEO4J_URL: 'bolt://x' });
  return new Set([...asked, 'NEO4J_USER', 'NEO4J_PASSWORD', 'FABULA_LLM_KEY', 'OTEL_SERVICE_NAME']);
})();
const others = new Set(['NVIDIA_DRIVER_CAPABILITIES', 'NODE_OPTIONS']);

describe('The image', () => {
  it('copies what is there, and what .dockerignore lets through', () => {
    const passed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const sources = those('COPY')
      .filter((text) => !text.startsWith('--from'))
      .flatMap((text) => text.split(' ').slice(0, -1));
    assert.ok(sources.length > 8);
    for (const source of sources) {
      assert.ok(existsSync(join(project, source)), `${source} is not there`);
      assert.ok(passed.includes(source), `${source} is ignored`);
    }
    for (const name of passed) assert.ok(sources.includes(name), `${name} is let through for nothing`);
    assert.match(read('.dockerignore'), /^\*$/m, 'all else stays out: .env, .git, films');
  });

  it('is built in stages that exist, the CPU’s last, as nobody', () => {
    const stages = those('FROM').map((text) => / AS (\S+)$/.exec(text)?.[1]);
    for (const text of those('COPY').filter((each) => each.startsWith('--from')))
      assert.ok(stages.includes(/^--from=(\S+)/.exec(text)?.[1]), text);
    for (const text of those('FROM')) assert.match(text, /^(\S+:[\w.-]+|build|packages) AS \w/, 'images by version');
    assert.equal(stages.at(-1), 'cpu', 'what is built without --target');
    for (const stage of ['cpu', 'cuda']) assert.deepEqual(those('USER', stage), ['1000:1000']);
  });

  it('is the same on the CPU and on CUDA, but for what CUDA needs', () => {
    for (const name of ['USER', 'VOLUME', 'EXPOSE', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD'])
      assert.deepEqual(those(name, 'cpu'), those(name, 'cuda'), name);
    const [cpu, cuda] = ['cpu', 'cuda'].map((stage) => settingsIn(those('ENV', stage).join(' ')));
    const { NVIDIA_DRIVER_CAPABILITIES: capabilities, ...rest } = cuda!;
    assert.deepEqual(rest, cpu);
    assert.match(capabilities ?? '', /utility/);
    for (const stage of ['cpu', 'cuda']) assert.match(those('RUN', stage).join(), / ffmpeg /);
  });

  it('sets only what Fabula reads', () => {
    const set = those('ENV').flatMap((text) => Object.keys(settingsIn(text)));
    assert.ok(set.includes('FABULA_HOME'));
    for (const name of set) assert.ok(known.has(name) || others.has(name), `${name} is read by nothing`);
  });

  it('starts the command that the build makes, which takes no strangers without a token', async () => {
    const link = /ln -s \/fabula\/(\S+) \/usr\/local\/bin\/fabula/.exec(those('RUN', 'cpu').join())?.[1];
    assert.equal(link, 'dist/src/app/cli.js');
    accessSync(join(project, link), constants.X_OK);
    const [entry] = those('ENTRYPOINT', 'cpu').map((text) => JSON.parse(text));
    assert.deepEqual(entry, ['tini', '--', 'fabula']);
    const [command] = those('CMD', 'cpu').map((text) => JSON.parse(text));
    const { status, stderr } = await runCli(command, { home: join(tmpdir(), 'fabula-image') });
    assert.equal(status, 2, stderr);
    assert.match(stderr, /BAD_CONFIG.*0\.0\.0\.0.*FABULA_TOKEN/);
  });

  it('is healthy while /healthz answers on the port that it sets, and not else', async () => {
    const [, check = ''] = /CMD (\[.*\])$/.exec(those('HEALTHCHECK', 'cpu')[0] ?? '') ?? [];
    const [program, ...args] = JSON.parse(check) as string[];
    assert.equal(program, 'node');
    const statuses: number[] = [];
    const server = createServer((request, response) =>
      response.writeHead(request.url === '/healthz' ? statuses[0]! : 404).end(),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = (server.address() as AddressInfo).port;
    const run = () =>
      new Promise<number | null>((resolve) => {
        const env = { ...process.env, FABULA_METRICS_PORT: String(port) };
        spawn(process.execPath, args, { env, stdio: 'ignore' }).on('exit', resolve);
      });
    statuses[0] = 200;
    assert.equal(await run(), 0);
    statuses[0] = 503;
    assert.equal(await run(), 1);
    server.close();
    assert.equal(await run(), 1);
    assert.equal(settingsIn(those('ENV', 'cpu').join(' ')).FABULA_METRICS_PORT, '9464');
  });
});

describe('compose.yaml', () => {
  it('has a graph, a queue, an API and workers, which wait for what they need', () => {
    assert.deepEqual(Object.keys(compose.services).toSorted(), ['api', 'neo4j', 'redis', 'worker', 'worker-gpu']);
    assert.equal(compose.services.neo4j?.image, 'neo4j:5');
    assert.equal(compose.services.redis?.image, 'redis:7');
    for (const [name, { depends_on = {}, volumes = [], build, env_file }] of ours) {
      assert.equal(env_file, '.env', name);
      assert.ok(
        those('FROM').some((text) => text.endsWith(` AS ${build?.target}`)),
        name,
      );
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        assert.equal(condition, 'service_healthy');
        assert.ok(compose.services[needed]?.healthcheck, `${needed} says whether it is healthy`);
      }
      assert.deepEqual(Object.keys(depends_on).toSorted(), ['neo4j', 'redis']);
      assert.ok(
        volumes.some((each) => each.endsWith(':ro')),
        'films are only read',
      );
    }
    for (const [name, { volumes = [] }] of services)
      for (const volume of volumes.filter((each) => /^\w+:/.test(each)))
        assert.ok(volume.split(':')[0]! in compose.volumes, `${name}: ${volume}`);
  });

  it('shows the API to this machine alone unless somebody says so, and the others to nobody', () => {
    assert.deepEqual(
      services.filter(([, { ports }]) => ports).map(([name]) => name),
      ['api'],
    );
    assert.match(compose.services.api?.ports?.[0] ?? '', /^\$\{FABULA_BIND:-127\.0\.0\.1\}:/);
  });

  it('sets only what Fabula reads, and gives it a configuration that holds', () => {
    for (const [name, { environment = {} }] of ours) {
      for (const variable of Object.keys(environment))
        assert.ok(known.has(variable) || others.has(variable), `${name}: ${variable}`);
      const image = settingsIn(those('ENV', 'cpu').join(' '));
      const config = readConfig({ ...image, ...environment, NEO4J_PASSWORD: 'p', FABULA_TOKEN: 'x'.repeat(20) });
      assert.deepEqual(config.metrics, { port: 9464, host: '0.0.0.0' });
      assert.deepEqual([config.neo4j?.url, config.redisUrl], ['bolt://neo4j:7687', 'redis://redis:6379']);
      assert.equal(config.mediaRoots.get('films'), '/films');
    }
  });

  it('starts commands that exist', async () => {
    for (const [name, { command = [] }] of ours) {
      const environment = { REDIS_URL: 'redis://127.0.0.1:1', FABULA_TOKEN: 'x'.repeat(20) };
      const { status, stderr } = await runCli(command, { home: join(tmpdir(), 'fabula-compose'), environment });
      // It got as far as looking for its queue.
      assert.match(stderr, /QUEUE_UNAVAILABLE/, `${name}: ${stderr}`);
      assert.equal(status, 1);
    }
  });

  it('asks for variables that .env.example names, and .env.example names none that nothing reads', () => {
    const named = [...read('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name!);
    const asked = [...read('compose.yaml').matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name!);
    for (const name of asked) assert.ok(named.includes(name), `${name} is not in .env.example`);
    for (const name of named) assert.ok(known.has(name) || asked.includes(name), `${name} is read by nothing`);
    assert.match(read('.gitignore'), /^\.env$/m);
    assert.doesNotMatch(read('.env.example'), /^(NEO4J_PASSWORD|FABULA_TOKEN)=.+$/m, 'no secret to forget to change');
  });
});
