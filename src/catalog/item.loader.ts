/** Gives the list rows of items. */
import type { DataSource } from 'typeorm';
import type { ServiceItem } from './item';
import { itemFromRow, type ItemRow, itemRowColumns } from './item-row';
import { itemFromState } from './item-state';
import { VersionedRows, type VersionLoader } from './versioned-rows';

export type ItemLoader = VersionLoader<ServiceItem>;

/** The process's row cache. */
export class ItemRows extends VersionedRows<ServiceItem, ItemRow> {
  constructor(dataSource: DataSource, capacity: number) {
    super(dataSource, capacity, {
      statement: `SELECT ${itemRowColumns} FROM service_item i WHERE i.code IN (?)`,
      fromRow: itemFromRow,
      fromState: itemFromState,
    });
  }
}
