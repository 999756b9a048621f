import { pendingMigrations } from '../database/data-source';
import type { Command } from './command';

export const migrate: Command = {
  summary: "brings the database's schema up to date",
  run: async ({ openDatabase, print }) => {
    const dataSource = await openDatabase();
    const pending = await pendingMigrations(dataSource);
    await dataSource.runMigrations();
    print(pending.length === 0 ? 'The schema is up to date.' : `Applied ${pending.join(', ')}.`);
    return true;
  },
};
