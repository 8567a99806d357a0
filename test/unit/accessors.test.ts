import { ok } from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { timedPage } from '../../graph/pages.js';
import { explainedPage } from '../../graph/snippets.js';
import { connectionOf } from '../../resolvers/paging.js';
import { film } from '../contract/fixture.js';

/** Whether V8 keeps an object as it keeps most, not as a dictionary. */
function isFast(object: object): boolean {
  setFlagsFromString('--allow-natives-syntax');
  try {
    // Read anew each time: V8 forgets the code of functions that are seldom called.
    return (runInThisContext('(object) => %HasFastProperties(object)') as (object: object) => boolean)(object);
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}

/**
 * V8 keeps an object that is written with an accessor as a dictionary, and the accessor in the old half of its heap, where
 * all that it sees stays alive until the whole heap is collected: for pages, most of what a request has read.
 */
describe('Objects of which each answer has some', () => {
  const cues = film({ cues: [{ startMs: 0, endMs: 50, text: 'here' }] }).cues;

  it('are no dictionaries: ends of pages', () => {
    const [cue] = cues;
    ok(isFast(connectionOf(timedPage('cues', { nodes: cue ? [cue] : [] }, { first: 1 })).pageInfo));
  });

  it('are no dictionaries: hits of a search', () => {
    const edges = cues.map((node) => ({
      cursor: '',
      node: { episodeId: node.episodeId, startMs: node.startMs, endMs: node.endMs, score: 1, node },
    }));
    ok(explainedPage({ edges, hasNextPage: false }, 'here').edges.every(({ node }) => isFast(node)));
  });
});
