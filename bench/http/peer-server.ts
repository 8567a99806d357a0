/** The peer over HTTP, in a process of its own: Apollo on Express, as its documentation has it. Says its address. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { openPeer } from '../queries/peer.js';

const [url = '', user = '', password = ''] = process.argv.slice(2);
const { server } = await openPeer({ url, user, password });
const app = express();
app.use('/graphql', express.json(), expressMiddleware(server));
const http = createServer(app);
http.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(http.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.exit());
