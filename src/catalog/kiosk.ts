import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { OpeningHours } from './opening-hours';

/** 自助终端: a self-service machine. */
@Entity('kiosk')
@Index('uq_kiosk_name', ['name'], { unique: true })
export class Kiosk {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  code!: string;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ type: 'varchar', length: 200 })
  address!: string;

  /** Degrees north, WGS 84. */
  @Column({ type: 'double' })
  latitude!: number;

  /** Degrees east, WGS 84. */
  @Column({ type: 'double' })
  longitude!: number;

  @Column({ name: 'opening_hours', type: 'json' })
  openingHours!: OpeningHours[];
}
