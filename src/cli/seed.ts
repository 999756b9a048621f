import { seedCatalog } from '../../seeds/load';
import type { Command } from './command';

export const seed: Command = {
  summary: 'puts the sample data of seeds/ into an empty catalog',
  run: async ({ openDatabase, print }) => {
    const count = await seedCatalog(await openDatabase());
    print(`Seeded ${count} items as revision 1.`);
    return true;
  },
};
