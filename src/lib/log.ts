/**
 * The process's log: one JSON object a line in production, one readable line otherwise. Secrets never reach it:
 * whoever logs a database address logs {@link describeAddress}'s text.
 */
import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';

export type { Logger };

/** Levels that LOG_LEVEL may name, loudest last. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Opens the log, on standard output unless that is for something else. */
export function openLog(
  level: LogLevel,
  format: 'json' | 'readable',
  stream: 'stdout' | 'stderr' = 'stdout',
): Logger {
  const destination = process[stream].fd;
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  if (format === 'json') return pino(options, pino.destination(destination));
  return pino(
    options,
    pretty({
      destination,
      colorize: process[stream].isTTY === true,
      translateTime: 'SYS:HH:MM:ss',
      // Synchronous, so that the last words of a process that ends are not lost.
      sync: true,
      singleLine: true,
      ignore: 'time,level',
      messageFormat: (line, key) => `${String(line[key])}`,
    }),
  );
}

/** Runs one long step of a start: says what begins, and afterwards how long it took. */
export async function step<T>(log: Logger, what: string, work: () => Promise<T>): Promise<T> {
  log.info(`${what} …`);
  const began = performance.now();
  const result = await work();
  log.info(`${what}: done in ${((performance.now() - began) / 1000).toFixed(2)} s`);
  return result;
}
