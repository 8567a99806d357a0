import assert from 'node:assert/strict';
import { setTimeout as passed } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { openAccess } from '../../src/app/access.js';
import { openRates } from '../../src/app/rates.js';
import { type RunningServer, startServer } from '../../src/app/server.js';
import { subscriptionLimits } from '../../src/app/subscriptions.js';
import type { JobNews } from '../../workers/queue/queue.js';
import { onEachStore, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';

const watch = 'subscription ($id: ID!) { jobProgress(id: $id) { id state stage progress episode { title } } }';

interface Step {
  readonly data?: { readonly jobProgress: { readonly state: string; readonly stage: string | null } } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}
type Watch = (query: string, variables?: Record<string, unknown>) => AsyncIterable<Step>;

onEachStore('Subscriptions', (openApi) => {
  let api: TestApi;
  let server: RunningServer;
  let listeners = 0;
  before(async () => {
    api = await openApi(harbour());
    const counted: JobNews = {
      tell: api.services.news.tell,
      listen(listener) {
        const forget = api.services.news.listen(listener);
        listeners++;
        return () => {
          listeners--;
          forget();
        };
      },
    };
    const services = { ...api.services, news: counted };
    server = await startServer({ ...api, services, port: 0 });
  });
  after(async () => {
    await server.close();
    await api.close();
  });

  let keys = 0;
  async function newJob(): Promise<string> {
    return (await api.store.askJob({ job: 'ANALYZE', key: `film ${keys++}`, input: {} })).id;
  }
  const tell = (jobId: string) => api.services.news.tell({ jobId, what: 'moved' });

  const overSockets: Watch = (query, variables) => {
    const url = `${server.url.replace('http', 'ws')}/graphql`;
    const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true });
    return client.iterate({ query, variables }) as AsyncIterable<Step>;
  };
  const openStream = (query: string, variables?: object, headers = {}, signal?: AbortSignal) =>
    fetch(`${server.url}/graphql/stream`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
      signal,
    });
  const overEvents: Watch = async function* (query, variables) {
    let text = '';
    for await (const chunk of (await openStream(query, variables)).body!) {
      text += Buffer.from(chunk).toString();
      const events = text.split('\n\n');
      text = events.pop()!;
      for (const event of events) {
        const [, name, data] = /^event: (\w+)\ndata: ?(.*)$/.exec(event) ?? [];
        if (name === 'next') yield JSON.parse(data!) as Step;
        if (name === 'complete') return;
      }
    }
    throw new Error('the stream broke off');
  };
  async function all(steps: AsyncIterable<Step>): Promise<Step[]> {
    const found: Step[] = [];
    for await (const step of steps) found.push(step);
    return found;
  }

  for (const [way, over] of [
    ['a WebSocket', overSockets],
    ['server-sent events', overEvents],
  ] as const) {
    describe(`over ${way}`, () => {
      it('show a job as it is, each step, and its end, with what came of it', async () => {
        const id = await newJob();
        const states: unknown[] = [];
        for await (const { data, errors } of over(watch, { id })) {
          assert.equal(errors, undefined);
          const { state, stage } = data!.jobProgress;
          states.push(data!.jobProgress);
          if (state === 'QUEUED') await api.store.claimJob({ workerId: 'w', leaseMs: 60_000, jobId: id });
          else if (stage === null) await api.store.reportJob(id, 1, { stage: 'shots', progress: 0.5, leaseMs: 60_000 });
          else if (state === 'RUNNING')
            await api.store.finishJob(id, 1, { state: 'DONE', result: {}, episodeId: 'harbour' });
          tell(id);
        }
        const running = { id, state: 'RUNNING', episode: null };
        assert.deepEqual(states, [
          { id, state: 'QUEUED', stage: null, progress: 0, episode: null },
          { ...running, stage: null, progress: 0 },
          { ...running, stage: 'shots', progress: 0.5 },
          { id, state: 'DONE', stage: 'shots', progress: 1, episode: { title: 'The harbour' } },
        ]);
      });

      it('show a job that is over once, and end', async () => {
        const id = await newJob();
        await api.store.cancelJob(id);
        const steps = await all(over(watch, { id }));
        assert.deepEqual(
          steps.map(({ data }) => data?.jobProgress.state),
          ['CANCELLED'],
        );
      });

      it('find out by themselves what nobody told', async () => {
        const id = await newJob();
        const states: string[] = [];
        for await (const { data } of over(watch, { id })) {
          states.push(data!.jobProgress.state);
          await api.store.cancelJob(id);
        }
        assert.deepEqual(states, ['QUEUED', 'CANCELLED']);
      });

      it('say NOT_FOUND for a job that is not there', async () => {
        assert.equal(await codeOf(over, watch, { id: 'job:none' }), 'NOT_FOUND');
      });

      it('answer neither queries nor mutations, nor what is no GraphQL or too large', async () => {
        assert.equal(await codeOf(over, '{ __typename }'), 'BAD_REQUEST');
        assert.equal(await codeOf(over, 'mutation { deleteEpisode(id: "harbour") }'), 'BAD_REQUEST');
        assert.equal(await codeOf(over, 'subscription { nothing }'), 'GRAPHQL_VALIDATION_FAILED');
        assert.equal(await codeOf(over, 'subscription {'), 'GRAPHQL_PARSE_FAILED');
        const aliases = Array.from({ length: 60 }, (_, n) => `a${n}: id`).join(' ');
        const large = `subscription { jobProgress(id: "x") { ${aliases} } }`;
        assert.equal(await codeOf(over, large), 'QUERY_TOO_MANY_ALIASES');
        assert.equal((await api.store.episode('harbour'))?.title, 'The harbour');
      });
    });
  }

  it('are not answered where one answer is given, which says where they are', async () => {
    const { errors } = await api.ask('subscription { jobProgress(id: "x") { id } }');
    assert.equal(errors?.[0]?.extensions?.code, 'BAD_REQUEST');
    assert.match(errors[0].message, /\/graphql\/stream/);
  });

  /** The code of the first error, however it comes. */
  async function codeOf(over: Watch, query: string, variables?: Record<string, unknown>): Promise<unknown> {
    try {
      return (await all(over(query, variables)))[0]?.errors?.[0]?.extensions?.code;
    } catch (error) {
      return (error as Step['errors'])?.[0]?.extensions?.code ?? error;
    }
  }

  it('leave nothing behind when a client goes away', async () => {
    const before = listeners;
    const id = await newJob();
    const gone = new AbortController();
    const { body } = await openStream(watch, { id }, {}, gone.signal);
    await body!.getReader().read();
    const socket = overSockets(watch, { id })[Symbol.asyncIterator]();
    await socket.next();
    while (listeners < before + 2) await passed(10);
    gone.abort();
    await socket.return?.();
    while (listeners > before) await passed(10);
  });

  it('take no WebSocket from pages elsewhere, nor under foreign names, nor at another address', async () => {
    const status = (path: string, headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, 'graphql-transport-ws', { headers });
        socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
        socket.on('open', () => {
          socket.close();
          resolve('open');
        });
        socket.on('error', reject);
      });
    assert.equal(await status('/graphql', { origin: 'http://evil.example' }), 403);
    assert.equal(await status('/graphql', { host: 'evil.example' }), 403);
    assert.equal(await status('/elsewhere', {}), 404);
    assert.equal(await status('/graphql', { origin: server.url }), 'open');
  });

  it('are for those who may read, where there is access control', async () => {
    const access = openAccess({ by: 'token', tokens: new Map([['sesame', 'viewer']]) });
    const guarded = await startServer({ ...api, port: 0, access });
    const id = await newJob();
    const first = async (connectionParams: Record<string, unknown>): Promise<unknown> => {
      const url = `${guarded.url.replace('http', 'ws')}/graphql`;
      const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams });
      try {
        const step = await client.iterate({ query: watch, variables: { id } })[Symbol.asyncIterator]().next();
        return (step.value as Step).data?.jobProgress.state;
      } catch (error) {
        return (error as { code?: number }).code;
      } finally {
        await client.dispose();
      }
    };
    assert.equal(await first({}), 4403);
    assert.equal(await first({ authorization: 'Bearer wrong' }), 4403);
    assert.equal(await first({ Authorization: 'Bearer sesame' }), 'QUEUED');
    const events = (headers: Record<string, string>) =>
      fetch(`${guarded.url}/graphql/stream`, {
        method: 'POST',
        headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: watch, variables: { id } }),
      });
    assert.equal((await events({})).status, 401);
    const open = await events({ authorization: 'Bearer sesame' });
    assert.equal(open.status, 200);
    await open.body?.cancel();
    await guarded.close();
  });

  it('are asked for as often as requests may be, by each client behind a proxy', async () => {
    const access = openAccess({ by: 'token', tokens: new Map([['sesame', 'viewer']]) });
    // Two at once, then one a minute.
    const guarded = await startServer({ ...api, port: 0, access, trustedProxies: 1, rates: openRates(12) });
    const id = await newJob();
    const clientAt = (address: string, token: string) =>
      createClient({
        url: `${guarded.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: class extends WebSocket {
          constructor(url: string, protocols: string) {
            super(url, protocols, { headers: { 'x-forwarded-for': address } });
          }
        },
        ...{ retryAttempts: 0, lazy: true, lazyCloseTimeout: 10_000 },
        connectionParams: { authorization: `Bearer ${token}` },
      });
    const first = async (client: ReturnType<typeof clientAt>): Promise<unknown> => {
      try {
        const { value } = await client.iterate({ query: watch, variables: { id } })[Symbol.asyncIterator]().next();
        return (value as Step).data?.jobProgress.state;
      } catch (error) {
        const [{ extensions } = {}] = Array.isArray(error) ? (error as Step['errors'] & object) : [];
        return extensions?.code ?? (error as { code?: number }).code;
      }
    };
    for (let n = 0; n < 4; n++) assert.equal(await first(clientAt('10.0.0.1', 'wrong')), 4403);
    assert.equal(await first(clientAt('10.0.0.1', 'sesame')), 4403, 'the address has used up what it may ask');
    const other = clientAt('10.0.0.2', 'sesame');
    assert.equal(await first(other), 'QUEUED', 'another client is not held up by it');
    assert.equal(await first(other), 'RATE_LIMITED', 'nor goes on for ever over one connection');
    await other.dispose();
    await guarded.close();
  });

  it('are limited, over one WebSocket', async () => {
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      lazy: false,
      onNonLazyError: () => {},
    });
    const variables = { id: await newJob() };
    const opened = Array.from({ length: subscriptionLimits.subscriptions + 1 }, () =>
      client.iterate({ query: watch, variables })[Symbol.asyncIterator](),
    );
    const first = await Promise.allSettled(opened.map((each) => each.next()));
    assert.equal(first.filter(({ status }) => status === 'rejected').length, 1);
    const refused = first.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    assert.equal(refused.reason[0].extensions.code, 'TOO_MANY_SUBSCRIPTIONS');
    await client.dispose();
  });
});
