import assert from 'node:assert/strict';
import { onEachStore, type TestApi } from './api.fixture.js';
import { harbour, longEpisode } from './harbour.fixture.js';

const shotCount = 137;

/** Every list that is paged, as the part of a query that follows its name. */
const lists = {
  scenes: ['scenes', 'episodeId: "long"'],
  shots: ['shots', 'episodeId: "long"'],
  'shots that say something': ['shots', 'episodeId: "long", filter: { dialogue: "day" }'],
  'shots in a window': ['shots', 'episodeId: "long", window: { startMs: 500, endMs: 99500 }'],
  events: ['events', 'episodeId: "long"'],
  cues: ['cues', 'episodeId: "long"'],
  'characters of an episode': ['characters', 'episodeId: "long"'],
  'all characters': ['characters', ''],
  episodes: ['episodes', ''],
  'search hits': ['search', 'text: "day", kinds: [Cue]'],
} as const;

const expected = (name: keyof typeof lists): number => {
  switch (name) {
    case 'scenes':
      return Math.ceil(shotCount / 10);
    case 'shots in a window':
      return 100;
    case 'all characters':
      return shotCount + 2;
    case 'episodes':
      return 2;
    default:
      return shotCount;
  }
};

onEachStore('Paging', (openApi) => {
  let api: TestApi;
  before(async () => {
    api = await openApi(harbour(), longEpisode(shotCount));
  });
  after(() => api?.close());

  /** Ids of all pages, each page asked for by the end of the one before. */
  async function readAll(list: string, args: string, first: number): Promise<string[]> {
    const id = list === 'search' ? 'node { ... on Cue { id } }' : 'id';
    const query = `query ($first: Int!, $after: String) {
      list: ${list}(${args} first: $first, after: $after) {
        nodes { ${id} } edges { cursor node { ${id} } } pageInfo { endCursor hasNextPage } } }`;
    const ids: string[] = [];
    let after: string | null = null;
    for (;;) {
      const page: { nodes: object[]; edges: { cursor: string; node: object }[]; pageInfo: PageInfo } = (
        await api.data(query, { first, after })
      ).list;
      assert.deepEqual(
        page.edges.map(({ node }) => node),
        page.nodes,
      );
      assert.ok(page.nodes.length <= first);
      if (page.pageInfo.hasNextPage) assert.equal(page.nodes.length, first);
      assert.equal(page.pageInfo.endCursor, page.edges.at(-1)?.cursor ?? null);
      ids.push(...page.nodes.map((node) => JSON.stringify(node)));
      if (!page.pageInfo.hasNextPage) return ids;
      after = page.pageInfo.endCursor;
    }
  }

  for (const name of Object.keys(lists) as (keyof typeof lists)[])
    it(`gives all ${name}, each once, in one order for every page size`, async () => {
      const [list, args] = lists[name];
      const inHundreds = await readAll(list, args, 100);
      assert.equal(inHundreds.length, expected(name));
      assert.equal(new Set(inHundreds).size, inHundreds.length);
      assert.deepEqual(await readAll(list, args, 7), inHundreds);
    });

  it('pages through the lists below a node as through those at the top', async () => {
    const query = `query ($after: String) { episode(id: "long") {
      speech(first: 50, after: $after) { nodes { startMs } pageInfo { endCursor hasNextPage } } } }`;
    const starts: number[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { speech }: { speech: { nodes: { startMs: number }[]; pageInfo: PageInfo } } = (
        await api.data(query, { after })
      ).episode;
      starts.push(...speech.nodes.map(({ startMs }) => startMs));
      after = speech.pageInfo.endCursor;
      more = speech.pageInfo.hasNextPage;
    }
    assert.deepEqual(
      starts,
      Array.from({ length: shotCount }, (_, index) => index * 1000),
    );
  });

  it('refuses pages that are empty or too large', async () => {
    for (const first of [0, -1, 101, 2 ** 31 - 1]) {
      assert.equal(await api.code(`{ shots(episodeId: "long", first: ${first}) { nodes { id } } }`), 'INVALID_INPUT');
      assert.equal(
        await api.code(`{ episode(id: "long") { persons(first: ${first}) { id } } }`),
        'INVALID_INPUT',
        `persons ${first}`,
      );
    }
    assert.equal(
      await api.code('{ shots(episodeId: "x", first: 9999999999) { nodes { id } } }'),
      'GRAPHQL_VALIDATION_FAILED',
    );
  });

  it('refuses cursors that it did not give, or gave for another list', async () => {
    const { cues } = await api.data('{ cues(episodeId: "long", first: 1) { pageInfo { endCursor } } }');
    const cursors = ['', 'x', '__proto__', 'eyJ9', 'AAAA'.repeat(1000), '\0', '💥', cues.pageInfo.endCursor];
    for (const after of cursors)
      assert.equal(
        await api.code('query ($after: String) { shots(episodeId: "long", after: $after) { nodes { id } } }', {
          after,
        }),
        'INVALID_INPUT',
        JSON.stringify(after),
      );
  });

  it('refuses windows that are empty or run backwards', async () => {
    for (const window of ['{ startMs: 5, endMs: 5 }', '{ startMs: 9, endMs: 2 }'])
      assert.equal(await api.code(`{ shots(episodeId: "long", window: ${window}) { nodes { id } } }`), 'INVALID_INPUT');
  });
});

interface PageInfo {
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}
