/** Gives whole items as the log has them: for what neither the index nor the list row of an earlier state tells. */
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { readStates, stateKey } from '../revisions/history';
import type { ItemState } from './item-state';
import type { ItemVersion, VersionLoader } from './versioned-rows';

export type ItemStateLoader = VersionLoader<ItemState>;

/** A loader for one request: one statement for any number of states. */
export function itemStateLoader(dataSource: DataSource): ItemStateLoader {
  return new DataLoader(
    async (wanted: readonly ItemVersion[]) => {
      const states = await readStates(dataSource, 'item', wanted);
      return wanted.map(
        (version) =>
          (states.get(stateKey(version)) as ItemState | undefined) ??
          new Error(`no state of item ${version.code} at revision ${version.revision}`),
      );
    },
    { cacheKeyFn: stateKey },
  );
}
