import assert from 'node:assert/strict';
import { setTimeout as passed } from 'node:timers/promises';
import type { AskedJob } from '../../graph/store.js';
import { allOf, film, withStore } from './fixture.js';
import type { OpenStore } from './store.contract.js';

export function jobsContract(open: OpenStore): void {
  describe('jobs', () => {
    const under = withStore(open);
    const asked = (key: string, more: Partial<AskedJob> = {}): AskedJob => ({
      job: 'ANALYZE',
      key,
      input: { film: key },
      ...more,
    });
    const claim = (workerId: string, leaseMs = 60_000, jobId?: string) =>
      under.store.claimJob({ workerId, leaseMs, jobId });
    const step = { stage: 'shots', progress: 0.5, leaseMs: 60_000 };
    const failed = { state: 'FAILED', error: { code: 'MEDIA_EMPTY', message: 'Nothing.' } } as const;
    const done = { state: 'DONE', result: { shots: 3 }, episodeId: 'episode:film' } as const;

    it('go from queued to running to done, and show it', async () => {
      const { store } = under;
      const queued = await store.askJob(asked('k'));
      assert.deepEqual(
        [queued.kind, queued.job, queued.state, queued.progress, queued.attempt],
        ['Job', 'ANALYZE', 'QUEUED', 0, 0],
      );
      assert.deepEqual(queued.input, { film: 'k' });
      const running = (await claim('w'))!;
      assert.deepEqual([running.id, running.state, running.attempt], [queued.id, 'RUNNING', 1]);
      assert.ok(running.startedAt);
      assert.equal(await store.reportJob(queued.id, 1, step), 'go on');
      const seen = (await store.job(queued.id))!;
      assert.deepEqual([seen.stage, seen.progress], ['shots', 0.5]);
      assert.equal(await store.finishJob(queued.id, 1, done), true);
      const finished = (await store.job(queued.id))!;
      assert.deepEqual([finished.state, finished.progress, finished.result], ['DONE', 1, { shots: 3 }]);
      assert.deepEqual([finished.episodeId, finished.error], ['episode:film', undefined]);
      assert.ok(finished.finishedAt);
      assert.equal(await claim('w'), undefined);
      assert.equal(await store.job('x'), undefined);
    });

    it('asked for twice are one job, in two processes at once too', async () => {
      const { store } = under;
      const other = await under.openAnother();
      const jobs = await Promise.all(
        Array.from({ length: 10 }, (_, n) => [store, other][n % 2]!.askJob(asked('same'))),
      );
      assert.equal(new Set(jobs.map(({ id }) => id)).size, 1);
      assert.notEqual((await store.askJob(asked('another'))).id, jobs[0]!.id);
      assert.equal((await claim('w'))!.id, jobs[0]!.id);
      assert.equal((await store.askJob(asked('same'))).state, 'RUNNING');
    });

    it('that failed or were cancelled are queued again when asked for again, done ones are not', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k'));
      await claim('w');
      await store.finishJob(id, 1, failed);
      assert.deepEqual((await store.job(id))!.error, failed.error);
      const again = await store.askJob(asked('k'));
      assert.deepEqual([again.id, again.state, again.error, again.finishedAt], [id, 'QUEUED', undefined, undefined]);
      await store.cancelJob(id);
      assert.equal((await store.askJob(asked('k'))).state, 'QUEUED');
      await claim('w');
      await store.replaceEpisode(film());
      await store.finishJob(id, 2, done);
      assert.equal((await store.askJob(asked('k'))).state, 'DONE');
      await store.deleteEpisode('episode:film');
      assert.equal((await store.askJob(asked('k'))).state, 'QUEUED', 'its episode was deleted');
      assert.equal((await claim('w'))!.attempt, 3, 'attempts never start over');
    });

    it('are handed out oldest first, each to one of many claimers, or as asked for', async () => {
      const { store } = under;
      const other = await under.openAnother();
      const ids: string[] = [];
      for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
        ids.push((await store.askJob(asked(key))).id);
        await passed(2);
      }
      assert.equal((await claim('w', 60_000, ids[4]))!.id, ids[4]);
      assert.equal(await claim('w', 60_000, ids[4]), undefined);
      assert.equal((await claim('w'))!.id, ids[0]);
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, n) => [store, other][n % 2]!.claimJob({ workerId: `w${n}`, leaseMs: 60_000 })),
      );
      const claimed = claims.flatMap((job) => job?.id ?? []);
      assert.deepEqual(claimed.toSorted(), [ids[1], ids[2], ids[3], ids[5]].toSorted());
    });

    it('are taken over when their lease ran out, and then the first worker can write nothing', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k'));
      await claim('slow', 500);
      assert.equal(await claim('fast'), undefined, 'while the lease holds');
      await passed(550);
      assert.equal((await claim('fast'))!.attempt, 2);
      assert.equal(await store.reportJob(id, 1, step), 'lost');
      assert.equal(await store.finishJob(id, 1, done), false);
      await store.releaseJob(id, 1);
      const job = (await store.job(id))!;
      assert.deepEqual([job.state, job.attempt, job.stage], ['RUNNING', 2, undefined]);
      assert.equal(await store.finishJob(id, 2, done), true);
      assert.equal(await store.finishJob(id, 2, failed), false, 'a job ends once');
    });

    it('keep their worker as long as it reports', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k'));
      await claim('w', 1_000);
      for (let n = 0; n < 4; n++) {
        await passed(350);
        assert.equal(await store.reportJob(id, 1, { ...step, leaseMs: 1_000 }), 'go on');
        assert.equal(await claim('other'), undefined);
      }
    });

    it('stop when cancelled: at once when they wait, at the next report when they run', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k'));
      const { id: waits } = await store.askJob(asked('waits'));
      await claim('w', 60_000, id);
      assert.equal((await store.cancelJob(waits)).state, 'CANCELLED');
      assert.equal((await store.cancelJob(id)).state, 'RUNNING');
      assert.equal(await store.reportJob(id, 1, step), 'cancel');
      assert.equal(await store.finishJob(id, 1, { state: 'CANCELLED' }), true);
      assert.equal((await store.cancelJob(id)).state, 'CANCELLED');
      await assert.rejects(store.cancelJob('x'), { code: 'NOT_FOUND' });
    });

    it('that are cancelled while nobody works on them are not handed out again', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k'));
      await claim('dies', 100);
      await store.cancelJob(id);
      await passed(150);
      assert.equal(await claim('w'), undefined);
      assert.equal((await store.job(id))!.state, 'CANCELLED');
    });

    it('that are wanted again while they stop run again', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k'));
      await claim('w');
      await store.cancelJob(id);
      await store.askJob(asked('k'));
      assert.equal(await store.reportJob(id, 1, step), 'cancel');
      await store.finishJob(id, 1, { state: 'CANCELLED' });
      assert.equal((await store.job(id))!.state, 'QUEUED');
    });

    it('can be let go, and tried again', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k'));
      await claim('w');
      await store.releaseJob(id, 1);
      assert.equal((await store.job(id))!.state, 'QUEUED');
      await claim('w');
      await store.finishJob(id, 2, failed);
      assert.equal((await store.retryJob(id)).state, 'QUEUED');
      await claim('w');
      await store.finishJob(id, 3, done);
      await assert.rejects(store.retryJob(id), { code: 'CONFLICT' });
      await assert.rejects(store.retryJob('x'), { code: 'NOT_FOUND' });
    });

    it('are taken by priority, then the oldest first, and can be hurried', async () => {
      const { store } = under;
      const ids: Record<string, string> = {};
      for (const [key, priority] of [['low', 'LOW'], ['a'], ['b'], ['high', 'HIGH'], ['late', 'LOW']] as const) {
        ids[key] = (await store.askJob(asked(key, { priority }))).id;
        await passed(2);
      }
      assert.equal((await store.askJob(asked('b', { priority: 'HIGH' }))).priority, 'HIGH');
      assert.equal((await store.askJob(asked('high', { priority: 'LOW' }))).priority, 'HIGH', 'never slowed');
      const turn = ['b', 'high', 'a', 'low', 'late'].map((key) => ids[key]);
      assert.deepEqual(
        (await store.waitingJobs(4)).map(({ id }) => id),
        turn.slice(0, 4),
      );
      for (const id of turn) assert.equal((await claim('w'))!.id, id);
      assert.deepEqual(await store.waitingJobs(9), []);
    });

    it('that failed with what may pass wait their time, keep the error and count', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k'));
      await claim('w');
      await store.releaseJob(id, 1, { error: failed.error, retryAfterMs: 300 });
      const waits = (await store.job(id))!;
      assert.deepEqual([waits.state, waits.failures, waits.error], ['QUEUED', 1, failed.error]);
      assert.deepEqual(await store.waitingJobs(9), []);
      assert.equal(await claim('w'), undefined);
      assert.equal(await claim('w', 60_000, id), undefined, 'not by its name either');
      await passed(320);
      assert.deepEqual(
        (await store.waitingJobs(9)).map((job) => job.id),
        [id],
      );
      assert.equal((await claim('w', 100))!.attempt, 2);
      await passed(150);
      assert.deepEqual(
        (await store.waitingJobs(9)).map((job) => job.id),
        [id],
        'its worker is silent',
      );
      assert.equal((await claim('w'))!.failures, 1, 'a lost worker is no failure');
      await store.releaseJob(id, 3, { error: failed.error, retryAfterMs: 60_000 });
      const retried = await store.retryJob(id);
      assert.deepEqual([retried.state, retried.failures], ['QUEUED', 0]);
      assert.equal((await claim('w'))!.attempt, 4, 'somebody does not want to wait');
    });

    it('are listed newest first, then by id, all or of one state', async () => {
      const { store } = under;
      for (let n = 0; n < 7; n++) await store.askJob(asked(`${n}`));
      await claim('w');
      const all = await allOf((page) => store.jobs(page));
      for (const [n, job] of all.entries()) {
        const next = all[n + 1];
        if (next) assert.ok(job.createdAt > next.createdAt || (job.createdAt === next.createdAt && job.id < next.id));
      }
      assert.equal(all.length, 7);
      for (const first of [1, 3]) assert.deepEqual(await allOf((page) => store.jobs(page), first), all);
      assert.deepEqual(
        await allOf((page) => store.jobs(page, 'RUNNING')),
        all.filter(({ state }) => state === 'RUNNING'),
      );
      assert.equal((await store.jobs({ first: 9 }, 'DONE')).edges.length, 0);
    });
  });
}
