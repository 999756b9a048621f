/** The tables of the log that all readers follow. Nothing but the log's own functions writes them. */
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** The one row that every write locks: where the catalog stands. */
@Entity('catalog_state')
@Check('ck_catalog_state_single', 'id = 1')
export class CatalogState {
  @PrimaryColumn({ type: 'tinyint' })
  id!: number;

  /** The last committed revision; 0 for a catalog that never held anything. */
  @Column({ type: 'int', unsigned: true })
  revision!: number;

  @Column({ name: 'updated_at', type: 'datetime', precision: 6 })
  updatedAt!: Date;

  /** What a reader must know of the data as a whole, e.g. that it is sample data (示例数据). */
  @Column({ type: 'varchar', length: 500, nullable: true })
  notice!: string | null;
}

/** One committed change: who, when and why. */
@Entity('catalog_revision')
export class CatalogRevision {
  @PrimaryColumn({ type: 'int', unsigned: true })
  revision!: number;

  @Column({ type: 'datetime', precision: 6 })
  at!: Date;

  @Column({ type: 'varchar', length: 100 })
  actor!: string;

  @Column({ type: 'varchar', length: 500 })
  reason!: string;

  /** What binds this entry and all before it, see hash.ts. */
  @Column({ type: 'char', length: 64 })
  hash!: string;
}

/** The kinds of things that the catalog holds and the log tells of. */
export const recordKinds = [
  'domain',
  'department',
  'window',
  'outlet',
  'kiosk',
  'item',
  'lifeEvent',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** What one revision did to one thing: its whole state before and after, null where it was not there. */
@Entity('catalog_change')
@Index('ix_catalog_change_record', ['kind', 'code', 'revision'])
export class CatalogChange {
  @PrimaryColumn({ type: 'int', unsigned: true })
  revision!: number;

  @PrimaryColumn({ type: 'enum', enum: recordKinds })
  kind!: RecordKind;

  @PrimaryColumn({ type: 'varchar', length: 33 })
  code!: string;

  @Column({ type: 'json', nullable: true })
  before!: unknown;

  @Column({ type: 'json', nullable: true })
  after!: unknown;

  @ManyToOne(() => CatalogRevision, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'revision', foreignKeyConstraintName: 'fk_catalog_change_revision' })
  ofRevision?: CatalogRevision;
}
