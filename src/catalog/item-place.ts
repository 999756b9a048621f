/** Where an item can be handled other than at its window. */
import { Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ServiceItem } from './item';
import { Kiosk } from './kiosk';
import { Outlet } from './outlet';

/** An outlet handles an item. */
@Entity('service_item_outlet')
@Index('ix_service_item_outlet_outlet', ['outletCode'])
export class ItemOutlet {
  @PrimaryColumn({ name: 'item_code', type: 'varchar', length: 33 })
  itemCode!: string;

  @PrimaryColumn({ name: 'outlet_code', type: 'varchar', length: 16 })
  outletCode!: string;

  @ManyToOne(() => ServiceItem, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'item_code', foreignKeyConstraintName: 'fk_service_item_outlet_item' })
  ofItem?: ServiceItem;

  @ManyToOne(() => Outlet, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'outlet_code', foreignKeyConstraintName: 'fk_service_item_outlet_outlet' })
  ofOutlet?: Outlet;
}

/** A kiosk handles an item. */
@Entity('service_item_kiosk')
@Index('ix_service_item_kiosk_kiosk', ['kioskCode'])
export class ItemKiosk {
  @PrimaryColumn({ name: 'item_code', type: 'varchar', length: 33 })
  itemCode!: string;

  @PrimaryColumn({ name: 'kiosk_code', type: 'varchar', length: 16 })
  kioskCode!: string;

  @ManyToOne(() => ServiceItem, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'item_code', foreignKeyConstraintName: 'fk_service_item_kiosk_item' })
  ofItem?: ServiceItem;

  @ManyToOne(() => Kiosk, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'kiosk_code', foreignKeyConstraintName: 'fk_service_item_kiosk_kiosk' })
  ofKiosk?: Kiosk;
}
