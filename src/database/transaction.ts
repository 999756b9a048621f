/**
 * Transactions. What runs inside gets the transaction's own EntityManager and nothing else to write with.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';

/** Deadlock, lock wait timeout, and a certification lost on a Galera cluster: the same work may succeed next time. */
const passing = new Set([1213, 1205, 1047]);
const attempts = 6;

/** Runs `work` in one transaction, again from the start (at most six times) when the database asks for that. */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      if (attempt === attempts || !passing.has((error as { errno?: number }).errno ?? 0)) throw error;
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
}

/** Runs reads that all see the database as it stood at the first of them. */
export async function readConsistently<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return dataSource.transaction('REPEATABLE READ', work);
}
