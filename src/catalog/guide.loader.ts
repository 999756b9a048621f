/** Gives the guides of items (办事指南), each as of the revision of the item's row, and only when one is asked for. */
import type { DataSource } from 'typeorm';
import { guideOf, type ItemGuide } from './guide';
import { guideColumns, guideFromRow, type GuideRow } from './item-guide';
import { type ItemVersion, VersionedRows, type VersionLoader } from './versioned-rows';

/** A guide, and which state of which item it belongs to. */
export interface GuideVersion extends ItemVersion {
  readonly guide: ItemGuide;
}

export type GuideLoader = VersionLoader<GuideVersion>;

/** The process's cache of guides. */
export class GuideRows extends VersionedRows<GuideVersion, ItemVersion & GuideRow> {
  constructor(dataSource: DataSource, capacity: number) {
    super(dataSource, capacity, {
      statement: `SELECT i.code, i.revision, ${guideColumns} FROM service_item i LEFT JOIN service_item_guide g ON g.item_code = i.code WHERE i.code IN (?)`,
      fromRow: ({ code, revision, ...row }) => ({ code, revision, guide: guideFromRow(row) }),
      fromState: (state) => ({ code: state.code, revision: state.revision, guide: guideOf(state) }),
    });
  }
}
