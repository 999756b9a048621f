/**
 * Opens TypeORM data sources. Guarantees that every connection speaks UTC, utf8mb4 and strict SQL whatever the
 * server's defaults are, and that the driver type fits the server (the schema that TypeORM expects differs).
 */
import { createConnection } from 'mysql2/promise';
import {
  DataSource,
  type EntityTarget,
  type Logger as TypeormLogger,
  type MigrationInterface,
} from 'typeorm';
import { OperatorError } from '../lib/errors';
import type { DatabaseAddress } from './address';

/** The tables that a data source knows: entity classes, and the migrations that make their tables. */
export interface Model {
  readonly entities: readonly (EntityTarget<object> & (new () => object))[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

export interface DataSourceSettings {
  readonly address: DatabaseAddress;
  readonly model: Model;
  /** Called with each statement's text before it runs. */
  readonly onStatement?: (sql: string) => void;
}

/** Asks the server whether it is MariaDB or MySQL. */
async function detectDriver(address: DatabaseAddress): Promise<'mariadb' | 'mysql'> {
  const connection = await createConnection(connectionOptions(address));
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    const [row] = rows as { version: string }[];
    return row?.version.includes('MariaDB') ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}

/** What mysql2 needs to reach an address. */
export function connectionOptions(address: DatabaseAddress) {
  return {
    ...(address.socketPath === null
      ? { host: address.host, port: address.port }
      : { socketPath: address.socketPath }),
    user: address.user,
    password: address.password,
    database: address.database,
    connectTimeout: 10_000,
  };
}

/** A data source that is not yet connected, as the typeorm command line wants it. */
export async function createDataSource(settings: DataSourceSettings): Promise<DataSource> {
  const { user, ...reach } = connectionOptions(settings.address);
  return new DataSource({
    type: await detectDriver(settings.address),
    ...reach,
    username: user,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    poolSize: 10,
    // A statement that gets no answer in this time (a stalled network) fails instead of hanging for ever.
    enableQueryTimeout: true,
    maxQueryExecutionTime: 60_000,
    entities: [...settings.model.entities],
    migrations: [...settings.model.migrations],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    ...(settings.onStatement ? { logging: true, logger: new StatementLogger(settings.onStatement) } : {}),
  });
}

/** A connected data source; the caller destroys it. */
export async function openDataSource(settings: DataSourceSettings): Promise<DataSource> {
  const dataSource = await (await createDataSource(settings)).initialize();
  const session = "SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'";
  const { pool } = dataSource.driver as unknown as {
    pool: { on(event: 'connection', listener: (connection: { query(sql: string): void }) => void): void };
  };
  pool.on('connection', (connection) => connection.query(session));
  // The pool's first connection was made before the listener was there.
  await dataSource.query(session);
  return dataSource;
}

/** The migrations that the database still lacks, by name. */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const known = dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
  const tables: unknown[] = await dataSource.query("SHOW TABLES LIKE 'schema_migration'");
  if (tables.length === 0) return known;
  const rows: { name: string }[] = await dataSource.query('SELECT name FROM schema_migration');
  const done = new Set(rows.map((row) => row.name));
  return known.filter((name) => !done.has(name));
}

/** Throws an OperatorError that says which command helps if the database lacks migrations. */
export async function refuseOldSchema(dataSource: DataSource): Promise<void> {
  const pending = await pendingMigrations(dataSource);
  if (pending.length === 0) return;
  throw new OperatorError(
    `The database's schema is behind by ${pending.join(', ')}. Bring it up to date with: npm run cli -- migrate`,
  );
}

/** Hands each statement on; leaves all else that TypeORM would log alone. */
class StatementLogger implements TypeormLogger {
  constructor(private readonly onStatement: (sql: string) => void) {}

  logQuery(query: string): void {
    this.onStatement(query);
  }
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
