import assert from 'node:assert/strict';
import type { AskedJob } from '../../graph/store.js';
import { withStore } from './fixture.js';
import type { OpenStore } from './store.contract.js';

/** What is looked at by those who watch over an installation. */
export function watchingContract(open: OpenStore): void {
  describe('watched', () => {
    const under = withStore(open);
    const asked = (key: string, more: Partial<AskedJob> = {}): AskedJob => ({
      job: 'ANALYZE',
      key,
      input: {},
      ...more,
    });
    const claim = () => under.store.claimJob({ workerId: 'w', leaseMs: 60_000 });

    it('says how many jobs of each kind wait and run, and since when', async () => {
      const { store } = under;
      assert.deepEqual(await store.jobCounts(), []);
      const before = Date.now();
      for (const key of ['a', 'b', 'c', 'd']) await store.askJob(asked(key));
      await store.askJob(asked('e', { job: 'IMPORT' }));
      const taken = (await claim())!;
      const failed = (await claim())!;
      await store.releaseJob(failed.id, 1, { error: { code: 'REMOTE_FAILED', message: 'No.' }, retryAfterMs: 60_000 });
      const done = (await claim())!;
      await store.finishJob(done.id, 1, { state: 'DONE', result: {} });
      const counts = await store.jobCounts();
      assert.deepEqual(
        counts.map(({ job, state, count }) => [job, state, count]),
        [
          ['ANALYZE', 'QUEUED', 2],
          ['ANALYZE', 'RUNNING', 1],
          ['IMPORT', 'QUEUED', 1],
        ],
      );
      // Not since the one that waits to be tried again, which is to come.
      for (const { sinceMs } of counts) assert.ok(sinceMs >= before && sinceMs <= Date.now(), String(sinceMs));
      const running = counts.find(({ state }) => state === 'RUNNING')!;
      assert.equal(new Date(running.sinceMs).toISOString(), taken.startedAt);
    });

    it('says how busy the ways to its database are', async () => {
      const { store } = under;
      const calls = () => store.lanes().reduce((sum, lane) => sum + lane.calls, 0);
      assert.equal(calls(), 0);
      const pings = Array.from({ length: 20 }, () => store.ping());
      assert.equal(calls(), 20);
      await Promise.all(pings);
      assert.equal(calls(), 0);
      for (const { lane, atOnce } of store.lanes()) assert.ok(lane !== '' && atOnce >= 1);
    });

    it('keeps the trace that a job was asked in, which is no part of what makes it the same job', async () => {
      const { store } = under;
      const traces = [1, 2, 3].map((n) => `00-${'0'.repeat(31)}${n}-${'0'.repeat(15)}${n}-01`);
      const [first, second, third] = traces;
      const job = await store.askJob(asked('a', { traceParent: first }));
      assert.equal((await store.askJob(asked('a', { traceParent: second }))).id, job.id);
      const taken = (await claim())!;
      assert.equal(taken.traceParent, first);
      await store.finishJob(job.id, 1, { state: 'FAILED', error: { code: 'MEDIA_EMPTY', message: 'Nothing.' } });
      await store.askJob(asked('a', { traceParent: third }));
      assert.equal((await claim())!.traceParent, third, 'asked for anew, in another trace');
    });
  });
}
