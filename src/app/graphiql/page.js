/* global React, ReactDOM, GraphiQL */
import { examples } from './examples.js';

const endpoint = '/graphql';

let asksForToken = false;

/** A film that is there and a word that is said in it, so that the examples answer at once. */
async function findSubject() {
  const query = '{ episodes(first: 1) { nodes { id cues(first: 1) { nodes { text } } } } }';
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  asksForToken = response.status === 401;
  const { data } = await response.json();
  const episode = data?.episodes.nodes[0];
  const words = episode?.cues.nodes[0]?.text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '');
  return { episode: episode?.id ?? 'an episode’s id', text: longest || 'love' };
}

const { episode, text } = await findSubject().catch(() => ({ episode: 'an episode’s id', text: 'love' }));

/** To be filled in by whoever has a token; kept nowhere. */
const headers = asksForToken ? '{ "Authorization": "Bearer " }' : undefined;

const defaultTabs = examples.map((query) => {
  const known = { episode, text };
  const used = Object.entries(known).filter(([name]) => query.includes(`$${name}:`));
  return { query, headers, variables: used.length > 0 ? JSON.stringify(Object.fromEntries(used), null, 2) : '' };
});

ReactDOM.createRoot(document.getElementById('explorer')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: endpoint }),
    defaultTabs,
    defaultHeaders: headers,
    defaultEditorToolsVisibility: asksForToken ? 'headers' : 'variables',
    shouldPersistHeaders: false,
  }),
);
