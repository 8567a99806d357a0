/** What an address is called in metrics and traces: one of these names, whatever strangers ask for. */
const routes: readonly (readonly [name: string, path: RegExp])[] = [
  ['/graphql', /^\/graphql\/?$/i],
  ['/graphql/stream', /^\/graphql\/stream\/?$/i],
  ['/media/pictures', /^\/media\/pictures\//i],
  ['/media/films', /^\/media\/films\//i],
  ['/upload', /^\/upload\/?$/i],
  ['/reward', /^\/reward\/?$/i],
  ['/healthz', /^\/healthz\/?$/i],
  ['/readyz', /^\/readyz\/?$/i],
  ['/metrics', /^\/metrics\/?$/i],
  ['/graphiql', /^\/(graphiql\/.*)?$/i],
];

export const otherRoute = 'other';

export const routeOf = (path: string): string => routes.find(([, pattern]) => pattern.test(path))?.[0] ?? otherRoute;
