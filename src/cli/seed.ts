import { isEmpty, seedCatalog } from '../../seeds/load';
import type { Command } from './command';

export const seed: Command = {
  summary:
    'puts the sample data of seeds/ into an empty catalog; any other is an error, or left alone with --if-empty',
  options: ['--if-empty'],
  run: async ({ openDatabase, print, given }) => {
    const dataSource = await openDatabase();
    if (given.has('--if-empty') && !(await isEmpty(dataSource))) {
      print('The catalog is not empty; it was left as it is.');
      return true;
    }
    const count = await seedCatalog(dataSource);
    print(`Seeded ${count} items as revision 1.`);
    return true;
  },
};
