import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ServiceItem } from './item';
import { type Audience, AudienceEnum, audiences } from './item-enums';
import { Node } from './node';

/** 一件事: the items that one event in a person's or a firm's life calls for. */
@ObjectType({
  implements: Node,
  description: "一件事: the items that one event in a person's or a firm's life calls for, in order.",
})
@Entity('life_event')
@Index('uq_life_event_name', ['name'], { unique: true })
export class LifeEvent extends Node {
  @Field(() => String, { description: 'Natural key, e.g. L01.' })
  @PrimaryColumn({ type: 'varchar', length: 16 })
  code!: string;

  @Field(() => String, { description: 'Name in Chinese, as citizens say it.' })
  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Field(() => String, { description: 'What it is about, in one or two plain sentences.' })
  @Column({ type: 'varchar', length: 500 })
  summary!: string;

  @Field(() => AudienceEnum, { description: '服务对象: whose life it is an event of.' })
  @Column({ type: 'enum', enum: audiences })
  audience!: Audience;

  @Field(() => Int, {
    description: 'Optimistic lock: grows by one with every change; send it back with a change.',
  })
  @Column({ type: 'int', unsigned: true })
  version!: number;

  @Field(() => Boolean, {
    description: '已撤销: no longer there; left out of lists, filters and counts, but found by code and id.',
  })
  @Column({ type: 'boolean' })
  retired!: boolean;

  /** Codes of its items in order, of whatever status; stored as rows of {@link LifeEventItem}. */
  itemCodes!: string[];
}

/** An item has a place in a life event. */
@Entity('life_event_item')
@Index('uq_life_event_item_item', ['lifeEventCode', 'itemCode'], { unique: true })
@Index('ix_life_event_item_item', ['itemCode'])
export class LifeEventItem {
  @PrimaryColumn({ name: 'life_event_code', type: 'varchar', length: 16 })
  lifeEventCode!: string;

  /** From 0, in order. */
  @PrimaryColumn({ type: 'smallint', unsigned: true })
  position!: number;

  @Column({ name: 'item_code', type: 'varchar', length: 33 })
  itemCode!: string;

  @ManyToOne(() => LifeEvent, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'life_event_code', foreignKeyConstraintName: 'fk_life_event_item_life_event' })
  ofLifeEvent?: LifeEvent;

  @ManyToOne(() => ServiceItem, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'item_code', foreignKeyConstraintName: 'fk_life_event_item_item' })
  ofItem?: ServiceItem;
}
