/**
 * The five questions, as Fabula and as the peer are asked them, and what both must answer. Each
 * side is asked in its own best form, for the same fields.
 */
import type { Store } from '../../graph/store.js';
import { episodeIdOf, rareWords, shotMs, shotsPerEpisode } from '../big-graph.js';

export interface Request {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Where one question is asked. */
export interface Place {
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
  /** A word that is said there. */
  readonly word: string;
}

export interface Question {
  readonly name: string;
  /** Our median as a share of the peer's, at most. */
  readonly most: { readonly neo4j: number; readonly sqlite: number };
  readonly ours: (place: Place) => Request;
  readonly peers: (place: Place) => Request;
  /** Answers in one form, to be compared. */
  readonly read: {
    readonly ours: (data: Data, place: Place) => unknown;
    readonly peers: (data: Data, place: Place) => unknown;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: what comes back is compared, not computed with
type Data = any;

const windowShots = 50;
const best = 20;

/** A place within the first `films` films. */
export async function drawPlace(random: () => number, store: Store, films: number): Promise<Place> {
  const id = episodeIdOf(Math.floor(random() * films));
  const startMs = Math.floor(random() * (shotsPerEpisode - windowShots)) * shotMs;
  const window = { startMs, endMs: startMs + windowShots * shotMs };
  const said = (await store.cues(id, { first: windowShots }, window)).edges.flatMap(
    ({ node }) => node.text.match(/[a-z]+/g) ?? [],
  );
  const common = said.filter((word) => !(rareWords as readonly string[]).includes(word));
  return { id, ...window, word: common[Math.floor(random() * common.length)] ?? 'nothing' };
}

/**
 * What two searches must agree on: all that is found where it is less than a page; where it is more, that the page is
 * full of lines that say the word, best first. Scores are on scales of their own, and so are ties.
 */
function foundIn(hits: readonly { score: number; node: { id: string; text: string } }[], word: string) {
  const isRight = hits.every(
    ({ score, node }, n) => node.text.includes(word) && score <= (hits[n - 1]?.score ?? Number.POSITIVE_INFINITY),
  );
  return { isRight, count: hits.length, nodes: hits.length < best ? inOrder(hits.map(({ node }) => node)) : [] };
}

const inOrder = <Row>(rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).toSorted();

const ourWindow = (fields: string) =>
  `query ($id: ID!, $window: TimeWindow!) { shots(episodeId: $id, window: $window, first: ${windowShots}) { nodes { ${fields} } } }`;
// Shots follow each other without a gap, so those that begin in the window are those that are in it.
const peersWindow = (fields: string) =>
  `query ($id: ID!, $startMs: Int!, $endMs: Int!) { shots(where: { episodeId: { eq: $id }, startMs: { gte: $startMs, lt: $endMs } }, sort: [{ startMs: ASC }], limit: ${windowShots}) { ${fields} } }`;
const ourPlace = ({ id, startMs, endMs }: Place) => ({ id, window: { startMs, endMs } });
const peersPlace = ({ id, startMs, endMs }: Place) => ({ id, startMs, endMs });

const searchOurs = `query ($text: String!) { search(text: $text, kinds: [Cue], first: ${best}) { nodes {
  score node { ... on Cue { id episodeId startMs endMs text } } } } }`;
const searchPeers = `query ($phrase: String!) { cuesByWords(phrase: $phrase, first: ${best}, sort: [{ score: DESC }]) { edges {
  score node { id episodeId startMs endMs text } } } }`;

const highlightFields = 'id episodeId startMs endMs type score';

/** The peer is asked in two forms. */
const topHighlights: Omit<Question, 'name' | 'peers'> = {
  most: { neo4j: 0.35, sqlite: 0.2 },
  ours: () => ({ query: `{ highlights(top: ${best}) { ${highlightFields} } }`, variables: {} }),
  read: { ours: ({ highlights }) => highlights, peers: ({ highlights }) => highlights },
};

export const questions: readonly Question[] = [
  {
    name: 'window of 50 shots',
    most: { neo4j: 0.35, sqlite: 0.2 },
    ours: (place) => ({
      query: ourWindow('id ordinal startMs endMs transition'),
      variables: ourPlace(place),
    }),
    peers: (place) => ({
      query: peersWindow('id ordinal startMs endMs transition'),
      variables: peersPlace(place),
    }),
    read: { ours: ({ shots }) => shots.nodes, peers: ({ shots }) => shots },
  },
  {
    name: '… with scene, characters, VAD',
    most: { neo4j: 0.35, sqlite: 0.4 },
    ours: (place) => ({
      query: ourWindow(`id ordinal startMs endMs transition scene { id location }
        appearances { vad { valence arousal dominance } character { id name } }`),
      variables: ourPlace(place),
    }),
    peers: (place) => ({
      query: peersWindow(`id ordinal startMs endMs transition scene { id location }
        personsConnection { edges { properties { valence arousal dominance } node { character { id name } } } }`),
      variables: peersPlace(place),
    }),
    read: {
      ours: ({ shots }) =>
        shots.nodes.map(({ appearances, ...shot }: Data) => ({
          ...shot,
          seen: inOrder(appearances.map(({ vad, character }: Data) => ({ ...vad, ...character }))),
        })),
      peers: ({ shots }) =>
        shots.map(({ scene: [scene], personsConnection, ...shot }: Data) => ({
          ...shot,
          scene,
          seen: inOrder(
            personsConnection.edges.map(({ properties, node }: Data) => ({ ...properties, ...node.character[0] })),
          ),
        })),
    },
  },
  {
    ...topHighlights,
    name: 'top 20 highlights over all',
    peers: () => ({
      query: `{ highlights(sort: [{ score: DESC }], limit: ${best}) { ${highlightFields} } }`,
      variables: {},
    }),
  },
  {
    ...topHighlights,
    name: '… the peer helped to its index',
    // The condition, which always holds, lets the planner read the index of scores.
    peers: () => ({
      query: `{ highlights(where: { score: { gte: 0 } }, sort: [{ score: DESC }], limit: ${best}) { ${highlightFields} } }`,
      variables: {},
    }),
  },
  {
    name: 'relationships at a moment',
    most: { neo4j: 0.35, sqlite: 0.2 },
    ours: ({ id, startMs }) => ({
      query: `query ($id: ID!, $atMs: Int!) { relationships(episodeId: $id, atMs: $atMs) {
        startMs endMs relation polarity strength explicit from { id name } to { id name } } }`,
      variables: { id, atMs: startMs },
    }),
    // Of `startMs`, any value: so that the index of persons, over episode and start, can be used.
    peers: ({ id, startMs }) => ({
      query: `query ($id: ID!, $atMs: Int!) { people(where: { episodeId: { eq: $id }, startMs: { gte: 0 } }) {
        character { id name }
        relatesToConnection(where: { edge: { startMs: { lte: $atMs }, endMs: { gt: $atMs } } }) { edges {
          properties { startMs endMs relation polarity strength explicit } node { character { id name } } } } } }`,
      variables: { id, atMs: startMs },
    }),
    read: {
      ours: ({ relationships }) => inOrder(relationships),
      peers: ({ people }) =>
        inOrder(
          people.flatMap(({ character: [from], relatesToConnection }: Data) =>
            relatesToConnection.edges.map(({ properties, node }: Data) => ({
              ...properties,
              from,
              to: node.character[0],
            })),
          ),
        ),
    },
  },
  {
    name: 'search for a word that is said',
    most: { neo4j: 0.45, sqlite: 0.6 },
    ours: ({ word }) => ({ query: searchOurs, variables: { text: word } }),
    peers: ({ word }) => ({ query: searchPeers, variables: { phrase: `saidWords:${word}` } }),
    read: {
      ours: ({ search }, { word }) => foundIn(search.nodes, word),
      peers: ({ cuesByWords }, { word }) => foundIn(cuesByWords.edges, word),
    },
  },
];
