/** A database of a test file's own, made on the run's server and dropped at the end. */
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import { seedCatalog } from '../../seeds/load';
import type { DatabaseAddress } from '../../src/database/address';
import { connectionOptions, openDataSource } from '../../src/database/data-source';
import { model } from '../../src/model';
import { testServer } from './server-address';

export interface TestDatabase {
  readonly address: DatabaseAddress;
  readonly dataSource: DataSource;
  /** The statements run since the last look, without their values. */
  takeStatements(): string[];
  drop(): Promise<void>;
}

/** What the new database holds. */
export type Content = 'nothing' | 'tables' | 'seeds';

/** Makes a database; with a default collation that is not ours, to see that migrations do not depend on it. */
export async function createTestDatabase(content: Content): Promise<TestDatabase> {
  const server = testServer();
  const database = `${server.database}_${process.pid}_${randomBytes(4).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
  const address = { ...server, database };
  let statements: string[] = [];
  const dataSource = await openDataSource({
    address,
    model,
    onStatement: (sql) => void statements.push(sql),
  });
  if (content !== 'nothing') await dataSource.runMigrations();
  if (content === 'seeds') await seedCatalog(dataSource);
  return {
    address,
    dataSource,
    takeStatements: () => {
      const taken = statements;
      statements = [];
      return taken;
    },
    drop: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await onServer(server, `DROP DATABASE ${database}`);
    },
  };
}

async function onServer(server: DatabaseAddress, sql: string): Promise<void> {
  const connection = await createConnection({ ...connectionOptions(server), database: 'mysql' });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
