import { pino } from 'pino';

export type Log = ReturnType<typeof openLog>;

/** A structured log on standard error; what users read goes to standard output. */
export const openLog = (level: string) => pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
