/** GraphiQL at `/`, from files that the build lays beside this one: nothing is fetched from elsewhere. */
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const folder = fileURLToPath(new URL('./graphiql/', import.meta.url));

/** Scripts come from this server alone; GraphiQL writes styles at run time and carries its fonts in its style sheet. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function graphiqlRoutes(): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    response.set('Content-Security-Policy', contentSecurityPolicy);
    response.sendFile('index.html', { root: folder });
  });
  router.use('/graphiql', express.static(folder, { index: false, redirect: false }));
  return router;
}
