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
      const finished = (await store.finishJob(queued.id, 1, done))!;
      assert.deepEqual(await store.job(queued.id), finished);
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
      assert.equal(await store.finishJob(id, 1, done), undefined);
      assert.equal(await store.releaseJob(id, 1), undefined);
      const job = (await store.job(id))!;
      assert.deepEqual([job.state, job.attempt, job.stage], ['RUNNING', 2, undefined]);
      assert.equal((await store.finishJob(id, 2, done))!.state, 'DONE');
      assert.equal(await store.finishJob(id, 2, failed), undefined, 'a job ends once');
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
      assert.equal((await store.finishJob(id, 1, { state: 'CANCELLED' }))!.state, 'CANCELLED');
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
        await store.waitingJobs(4),
        turn
          .slice(0, 4)
          .map((id, n) => ({ id, attempt: 0, priority: (['HIGH', 'HIGH', 'NORMAL', 'LOW'] as const)[n] })),
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

    it('that are the death of their workers, time and again at the same point, fail in the end', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('poison'));
      for (let n = 1; n <= 5; n++) {
        assert.equal((await claim(`w${n}`, 40))!.attempt, n);
        await store.reportJob(id, n, { ...step, leaseMs: 1 });
        await passed(20);
      }
      assert.equal(await claim('w6'), undefined);
      const failedJob = (await store.job(id))!;
      assert.deepEqual([failedJob.state, failedJob.workersLost, failedJob.attempt], ['FAILED', 5, 5]);
      assert.equal(failedJob.error?.code, 'WORKER_LOST');
      assert.ok(failedJob.finishedAt);
      assert.deepEqual(await store.waitingJobs(9), []);
      const again = await store.retryJob(id);
      assert.deepEqual([again.state, again.workersLost, again.error], ['QUEUED', 0, undefined]);
      assert.equal((await claim('w6', 60_000, id))!.attempt, 6, 'it has all its chances again');
    });

    it('outlive any number of workers while they get further, or are handed back in between', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('long'));
      const lose = async (progress: number) => {
        const { attempt, workersLost } = (await claim('w', 40))!;
        await store.reportJob(id, attempt, { ...step, progress, leaseMs: 1 });
        await passed(10);
        return workersLost;
      };
      const lost: number[] = [];
      for (let n = 0; n < 8; n++) lost.push(await lose(n / 10));
      assert.deepEqual(lost, [0, 1, 1, 1, 1, 1, 1, 1]);
      for (let n = 0; n < 3; n++) lost.push(await lose(0.7));
      assert.deepEqual(lost.slice(8), [1, 2, 3], 'no further than before');
      const { attempt } = (await claim('w'))!;
      await store.releaseJob(id, attempt);
      assert.equal((await store.job(id))!.workersLost, 0);
    });

    it('lose nothing of what is said and done at once, in two processes', async () => {
      const { store } = under;
      const other = await under.openAnother();
      const { id } = await store.askJob(asked('k'));
      await claim('w');
      const line = (n: number) => [{ atMs: n, level: 'INFO', message: `line ${n}` } as const];
      const standings = await Promise.all([
        ...Array.from({ length: 20 }, (_, n) => [store, other][n % 2]!.reportJob(id, 1, { ...step, lines: line(n) })),
        other.cancelJob(id, 'anna'),
      ]);
      assert.ok(!standings.includes('lost'));
      assert.equal(await store.reportJob(id, 1, step), 'cancel');
      const [log = []] = await other.jobLogs([id]);
      const said = log.map(({ message }) => message).filter((message) => message.startsWith('line '));
      assert.equal(new Set(said).size, 20);
      assert.equal(log.length, 23, 'asked for, taken, asked to stop');
    });

    it('that were cancelled while their worker died are laid down before others are taken', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k', { priority: 'LOW' }));
      await claim('dies', 100);
      await store.cancelJob(id);
      const next = await store.askJob(asked('next', { priority: 'HIGH' }));
      await passed(150);
      assert.equal((await claim('w'))!.id, next.id);
      assert.equal((await store.job(id))!.state, 'CANCELLED');
    });

    it('over which the last worker died are laid down before others are taken', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k', { priority: 'LOW' }));
      for (let worker = 1; worker <= 5; worker++) {
        assert.equal((await claim(`dies ${worker}`, 60))!.id, id);
        await passed(90);
      }
      const next = await store.askJob(asked('next', { priority: 'HIGH' }));
      assert.equal((await claim('w'))!.id, next.id);
      assert.equal((await store.job(id))!.state, 'FAILED');
    });

    it('say who asked for them, first or anew, and are the same job whoever asks', async () => {
      const { store } = under;
      const first = await store.askJob(asked('k', { askedBy: 'anna' }));
      const second = await store.askJob(asked('k', { askedBy: 'ben' }));
      assert.deepEqual([first.askedBy, second.id, second.askedBy], ['anna', first.id, 'anna']);
      await store.cancelJob(first.id);
      assert.equal((await store.askJob(asked('k', { askedBy: 'ben' }))).askedBy, 'ben');
      assert.equal((await store.askJob(asked('nobody'))).askedBy, undefined);
    });

    it('keep a log of what was done with them and what their workers said', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k', { askedBy: 'anna' }));
      const said = (message: string) => [{ atMs: 5, level: 'WARNING', message } as const];
      await claim('w1');
      await store.reportJob(id, 1, { ...step, lines: said('shots: the film\nbreaks off') });
      await store.releaseJob(id, 1, { error: failed.error, retryAfterMs: 0 }, said('going'));
      await claim('w2');
      await store.cancelJob(id, 'ben');
      await store.cancelJob(id, 'ben');
      await store.finishJob(id, 2, { state: 'CANCELLED' }, said('gone'));
      await store.reportJob(id, 2, { ...step, lines: said('too late') });
      await store.retryJob(id, 'cleo');
      await claim('w3', 1);
      await passed(10);
      await claim('w4');
      await store.finishJob(id, 4, done);
      const [lines = [], none] = await store.jobLogs([id, 'x']);
      assert.deepEqual(
        lines.map(({ attempt, message }) => `${attempt} ${message}`),
        [
          ...['0 Asked for by anna.', '1 Taken by w1.', '1 shots: the film breaks off', '1 going'],
          '1 Failed, to be tried again after 0 s: MEDIA_EMPTY: Nothing.',
          ...['2 Taken by w2.', '2 Asked to stop by ben.', '2 gone', '2 Cancelled.'],
          ...['2 Asked to try again by cleo.', '3 Taken by w3.', '3 Its worker fell silent: w3.', '4 Taken by w4.'],
          '4 Done.',
        ],
      );
      assert.deepEqual(lines[2], {
        ...{ at: '1970-01-01T00:00:00.005Z', attempt: 1, level: 'WARNING', message: 'shots: the film breaks off' },
      });
      assert.deepEqual(none, []);
    });

    it('keep the newest 100 lines of their log, each of 500 characters at most', async () => {
      const { store } = under;
      const { id } = await store.askJob(asked('k'));
      await claim('w');
      const lines = Array.from(
        { length: 150 },
        (_, n) => ({ atMs: n, level: 'INFO', message: `${n} ${'ä'.repeat(600)}` }) as const,
      );
      await store.reportJob(id, 1, { ...step, lines });
      await store.finishJob(id, 1, failed);
      const [log = []] = await store.jobLogs([id]);
      assert.equal(log.length, 100);
      assert.match(log[0]!.message, /^51 ä+$/);
      assert.equal(log[0]!.message.length, 500);
      assert.equal(log.at(-1)!.message, 'Failed: MEDIA_EMPTY: Nothing.');
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
