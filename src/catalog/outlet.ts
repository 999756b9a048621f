import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { OpeningHours } from './opening-hours';

/** Levels of an outlet: 县, 镇（乡）, 村（社区）. */
export const outletLevels = ['COUNTY', 'TOWNSHIP', 'VILLAGE'] as const;
export type OutletLevel = (typeof outletLevels)[number];

/** 就近办 outlet: a township station or a village or community station (便民服务中心). */
@Entity('outlet')
@Index('uq_outlet_name', ['name'], { unique: true })
export class Outlet {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  code!: string;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ type: 'enum', enum: outletLevels })
  level!: OutletLevel;

  @Column({ type: 'varchar', length: 50 })
  township!: string;

  /** Degrees north, WGS 84. */
  @Column({ type: 'double' })
  latitude!: number;

  /** Degrees east, WGS 84. */
  @Column({ type: 'double' })
  longitude!: number;

  @Column({ type: 'varchar', length: 30, nullable: true })
  phone!: string | null;

  @Column({ name: 'opening_hours', type: 'json' })
  openingHours!: OpeningHours[];
}
