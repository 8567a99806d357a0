/** A real Neo4j for tests, from its own jars (`install-neo4j.sh`); one server serves a whole test run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const cache = join(project, '.cache');
const source = join(project, 'test/servers/Neo4jServer.java');

export interface Neo4jServer {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Of its process, while it runs. */
  readonly pid: number | undefined;
  /** As a power cut would: SIGKILL, nothing flushed. */
  kill(): Promise<void>;
  /** Starts it again over the same data, at the same address; nothing while it runs. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  dispose(): Promise<void>;
}

/** Where the jars lie; undefined where `install-neo4j.sh` has not been run. */
export function neo4jJars(): string | undefined {
  const folder = existsSync(cache) ? readdirSync(cache).find((name) => name.startsWith('neo4j-')) : undefined;
  return folder && existsSync(join(cache, folder, 'complete')) ? join(cache, folder) : undefined;
}

/**
 * Starts a server with an empty database on a free port. For tests its code is compiled quickly rather than well, which
 * halves the time of a short run; `isMeasured` is for what measures it.
 */
export async function startNeo4j({ isMeasured = false } = {}): Promise<Neo4jServer> {
  const jars = neo4jJars();
  if (!jars) throw new Error('Neo4j is not here: run ./install-neo4j.sh.');
  const home = await mkdtemp(join(tmpdir(), 'fabula-neo4j-'));
  const port = await freePort();
  const password = 'only-for-tests';
  let server: ChildProcess | undefined;

  const start = async () => {
    if (server?.exitCode === null) return;
    const tuning = isMeasured ? ['-Xmx3g'] : ['-Xmx768m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
    server = spawn('java', [...tuning, '-cp', `${jars}/*`, source, home, String(port), password], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    await listening(server);
  };
  const ended = async (stop: (running: ChildProcess) => void) => {
    const running = server;
    server = undefined;
    if (!running || running.exitCode !== null) return;
    const exit = new Promise((resolve) => running.once('exit', resolve));
    stop(running);
    await exit;
  };

  await start();
  return {
    url: `bolt://127.0.0.1:${port}`,
    user: 'neo4j',
    password,
    get pid() {
      return server?.pid;
    },
    start,
    kill: () => ended((running) => running.kill('SIGKILL')),
    async dispose() {
      await ended((running) => running.stdin?.end());
      await rm(home, { recursive: true });
    },
  };
}

/** Waits for the line that the server prints once Bolt answers. */
function listening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('listening on')) resolve();
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Neo4j ended with ${code}: ${said.slice(-2000)}`)));
  });
}
