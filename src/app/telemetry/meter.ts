/** What is counted and timed, as the rest of Fabula tells it; `metrics.ts` keeps it for Prometheus. */

/** Times are in seconds; a `code` is that of the error it ended with. */
export interface Meter {
  /** A request that was answered; `route` is one of a few (`route.ts`). */
  request(route: string, status: number, seconds: number): void;
  /** A query or mutation by its root field (`root-field.ts`), with the codes of its errors. */
  operation(type: string, field: string, seconds: number, codes: readonly string[]): void;
  /** One more (1) or less (-1) who listens to subscriptions. */
  listeners(transport: 'websocket' | 'events', by: 1 | -1): void;
  storeCall(verb: string, seconds: number, code?: string): void;
  jobTaken(job: string): void;
  /** `outcome`: the state in which its worker let it go; QUEUED where it was handed back or is to be tried again. */
  jobLeft(job: string, outcome: string, seconds: number, code?: string): void;
  stage(stage: string, outcome: 'done' | 'kept' | 'failed' | 'cancelled', seconds: number): void;
  modelCall(model: string, seconds: number, code?: string): void;
}

export const noMeter: Meter = {
  request: () => {},
  operation: () => {},
  listeners: () => {},
  storeCall: () => {},
  jobTaken: () => {},
  jobLeft: () => {},
  stage: () => {},
  modelCall: () => {},
};
