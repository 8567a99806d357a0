import { ok } from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { timedPage } from '../../graph/pages.js';
import { explainedPage } from '../../graph/snippets.js';
import { connectionOf } from '../../resolvers/paging.js';
import { film } from '../contract/fixture.js';

setFlagsFromString('--allow-natives-syntax');
const haveSameShape = runInThisContext('(one, other) => %HaveSameMap(one, other)') as (a: object, b: object) => boolean;
// It is read when it is first called.
haveSameShape({}, {});
setFlagsFromString('--no-allow-natives-syntax');

/**
 * V8 makes an object that is written with an accessor a shape of its own, in the old half of its heap, which keeps alive
 * what the accessor sees until the whole heap is collected: for pages, most of what a request has read.
 */
describe('Objects of which each answer has many', () => {
  const cues = film({ cues: [0, 1].map((n) => ({ startMs: 100 * n, endMs: 100 * n + 50, text: 'here' })) }).cues;

  it('share one shape: ends of pages', () => {
    const ends = cues.map((cue) => connectionOf(timedPage('cues', { nodes: [cue] }, { first: 1 })).pageInfo);
    ok(haveSameShape(ends[0] as object, ends[1] as object));
  });

  it('share one shape: hits of a search', () => {
    const edges = cues.map((node) => ({
      cursor: '',
      node: { episodeId: node.episodeId, startMs: node.startMs, endMs: node.endMs, score: 1, node },
    }));
    const [one, other] = explainedPage({ edges, hasNextPage: false }, 'here').edges.map(({ node }) => node);
    ok(haveSameShape(one as object, other as object));
  });
});
