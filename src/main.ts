/** The process: configuration, database, API; until a signal ends it. */
import 'reflect-metadata';
import { isEmpty, seedCatalog } from '../seeds/load';
import { startApp } from './app';
import { type Config, readConfig } from './config';
import { pendingMigrations, refuseOldSchema } from './database/data-source';
import { type ReachedDatabase, reachDatabase } from './database/reach';
import { OperatorError } from './lib/errors';
import { type Logger, openLog, step } from './lib/log';
import { model } from './model';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = openLog(config.logLevel, config.logFormat);
  const stopped = nextSignal();
  const database = await reachDatabase({ ...config, model, log, join: false });
  try {
    await prepare(database, log);
    await serve(config, database, log, stopped);
  } finally {
    await database.close();
  }
}

/** Brings the private database up to date; of one that belongs to somebody else, only looks whether it is. */
async function prepare({ dataSource, private: own }: ReachedDatabase, log: Logger): Promise<void> {
  if (!own) await refuseOldSchema(dataSource);
  else if ((await pendingMigrations(dataSource)).length > 0) {
    await step(log, 'migrating the database', () => dataSource.runMigrations());
  }
  if (!(await isEmpty(dataSource))) return;
  if (!own) {
    log.warn('the catalog is empty; for sample data run: npm run cli -- seed');
    return;
  }
  await step(log, 'seeding the catalog with sample data', () => seedCatalog(dataSource));
  log.info('everybody may read; to sign in as staff, make yourself a token:');
  log.info('  npm run -s cli -- token create --name me --role ADMINISTRATOR');
}

async function serve(
  config: Config,
  database: ReachedDatabase,
  log: Logger,
  stopped: Promise<NodeJS.Signals>,
): Promise<void> {
  const app = await startApp({ config, dataSource: database.dataSource, log }).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      ? new OperatorError(
          `PORT is not usable: ${config.port} is taken by another process. Example: PORT=4001`,
        )
      : error;
  });
  log.info(`one-window is ready: ${app.url}/graphql (try it in a browser at ${app.url}/)`);
  const ended = await Promise.race([stopped, database.failure]);
  log.info(typeof ended === 'string' ? `${ended}: ending answers in flight` : ended.message);
  await app.stop();
  if (typeof ended !== 'string') throw new OperatorError(ended.message);
}

/** How long after the first signal another one is taken for an echo: npm hands on what the terminal sent us too. */
const echo = 1_000;

/** The first signal to stop; a later one ends the process at once. */
function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((settle) => {
    let first: number | null = null;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (first !== null && performance.now() - first > echo) process.exit(1);
        first ??= performance.now();
        settle(signal);
      });
    }
  });
}

main()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof OperatorError ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
  })
  // Everything is closed. The driver leaves the timers of statements behind whose connection was lost, and they would
  // hold the process for a minute.
  .finally(() => process.exit());
