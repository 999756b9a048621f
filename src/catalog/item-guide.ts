/** The stored guide of an item, in a table of its own so that the list row stays narrow. No row: an empty guide. */
import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { guideOf, type HandlingStep, type ItemGuide, type LegalBasis, type RequiredMaterial } from './guide';
import { ServiceItem } from './item';
import { readJson } from '../database/json-column';

@Entity('service_item_guide')
export class StoredItemGuide {
  @PrimaryColumn({ name: 'item_code', type: 'varchar', length: 33 })
  itemCode!: string;

  @Column({ type: 'json' })
  conditions!: string[];

  @Column({ type: 'json' })
  materials!: RequiredMaterial[];

  @Column({ type: 'json' })
  steps!: HandlingStep[];

  @Column({ name: 'legal_bases', type: 'json' })
  legalBases!: LegalBasis[];

  @Column({ type: 'json' })
  results!: string[];

  @Column({ type: 'json' })
  aliases!: string[];

  @OneToOne(() => ServiceItem, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'item_code', foreignKeyConstraintName: 'fk_service_item_guide_item' })
  ofItem?: ServiceItem;
}

/** A row as the driver gives it: JSON as text or as values, null throughout where a LEFT JOIN found no row. */
export type GuideRow = { readonly [K in keyof ItemGuide]: unknown };

/** What a SELECT must list to give {@link GuideRow}s, from `service_item_guide` under the alias `g`. */
export const guideColumns =
  'g.conditions, g.materials, g.steps, g.legal_bases AS legalBases, g.results, g.aliases';

/** The guide that a row holds. */
export function guideFromRow(row: GuideRow): ItemGuide {
  const parsed = Object.entries(row).flatMap(([field, value]) =>
    value === null ? [] : [[field, readJson(value)]],
  );
  return guideOf(Object.fromEntries(parsed) as Partial<ItemGuide>);
}

/** The columns' values, in the order of {@link guideColumns}. */
export function guideValues(guide: ItemGuide): string[] {
  const { conditions, materials, steps, legalBases, results, aliases } = guide;
  return [conditions, materials, steps, legalBases, results, aliases].map((list) => JSON.stringify(list));
}
