import { pino } from 'pino';
import { lineCleaner } from './clean-line.js';

export type Log = ReturnType<typeof openLog>;

export interface LogSettings {
  readonly logLevel: string;
  /** What must not be in any line, whoever writes it. */
  readonly secrets: readonly string[];
}

/** A structured log on standard error, a line of JSON each; what users read goes to standard output. */
export function openLog({ logLevel, secrets }: LogSettings) {
  const clean = lineCleaner(secrets);
  const out = pino.destination({ fd: 2, sync: true });
  const settings = {
    ...{ level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    formatters: { level: (level: string) => ({ level }) },
  };
  return pino(settings, { write: (line: string) => void out.write(clean(line)) });
}
