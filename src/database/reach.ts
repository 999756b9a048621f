/** Reaches the database that the configuration means: the one of DATABASE_URL, or the private one. */
import type { Logger } from '../lib/log';
import { OperatorError } from '../lib/errors';
import { type DatabaseAddress, describeAddress } from './address';
import { openDataSource, type Model } from './data-source';
import { runningLocalServer, startLocalServer } from './local-server';
import type { DataSource } from 'typeorm';

/** The name of the database on the private server. */
const localDatabase = 'one_window';

export interface ReachSettings {
  /** The database of DATABASE_URL, or null for the private one. */
  readonly database: DatabaseAddress | null;
  readonly dataDir: string;
  /** Where to look for programs. */
  readonly programFolders: readonly string[];
  readonly model: Model;
  readonly log: Logger;
  /** Whether a private server that another process runs will do; else that is an error. */
  readonly join: boolean;
}

export interface ReachedDatabase {
  readonly dataSource: DataSource;
  /** Whether it is the private one, which this program keeps in order by itself. */
  readonly private: boolean;
  /** Settles, with the reason, if a private server ends without being asked to. */
  readonly failure: Promise<Error>;
  /** Closes the connections, and stops the private server if this process started it. */
  close(): Promise<void>;
}

/** Connects; throws an OperatorError that says what is wrong where nothing can be reached. */
export async function reachDatabase(settings: ReachSettings): Promise<ReachedDatabase> {
  const { database, dataDir, log, model } = settings;
  const address = database ?? (settings.join ? runningLocalServer(dataDir, localDatabase) : null);
  if (address) {
    const dataSource = await connect(address, model);
    return {
      dataSource,
      private: database === null,
      failure: new Promise(() => undefined),
      close: () => dataSource.destroy(),
    };
  }
  const server = await startLocalServer({ ...settings, database: localDatabase });
  log.debug({ address: describeAddress(server.address) }, 'private database started');
  try {
    const dataSource = await connect(server.address, model);
    const close = async () => {
      await dataSource.destroy();
      await server.stop();
    };
    return { dataSource, private: true, failure: server.failure, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function connect(address: DatabaseAddress, model: Model): Promise<DataSource> {
  try {
    return await openDataSource({ address, model });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    throw new OperatorError(`Cannot open the database ${describeAddress(address)}: ${code ?? ''} ${message}`);
  }
}
