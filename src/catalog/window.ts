import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ServiceDomain } from './domain';
import { Node } from './node';
import { OpeningHours } from './opening-hours';

/** 综合窗口: a counter that takes in every item of its field. */
@ObjectType({
  implements: Node,
  description: '综合窗口: an integrated window, which takes in every item of its field.',
})
@Entity('service_window')
@Index('uq_service_window_name', ['name'], { unique: true })
export class ServiceWindow extends Node {
  @Field(() => String, { description: 'Natural key, e.g. D01-03.' })
  @PrimaryColumn({ type: 'varchar', length: 16 })
  code!: string;

  @Field(() => String, { description: 'Name in Chinese.' })
  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ name: 'domain_code', type: 'varchar', length: 8 })
  domainCode!: string;

  @Field(() => String, { description: '大厅: the hall that it stands in.' })
  @Column({ type: 'varchar', length: 100 })
  hall!: string;

  @Field(() => String, { description: '窗口号: floor, area and number within the hall.' })
  @Column({ type: 'varchar', length: 100 })
  counter!: string;

  @Field(() => [OpeningHours], { description: 'In order of weekday and time.' })
  @Column({ name: 'opening_hours', type: 'json' })
  openingHours!: OpeningHours[];

  @Field(() => String, { nullable: true, description: '咨询电话: with area code.' })
  @Column({ type: 'varchar', length: 30, nullable: true })
  phone!: string | null;

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

  @ManyToOne(() => ServiceDomain, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'domain_code', foreignKeyConstraintName: 'fk_service_window_domain' })
  ofDomain?: ServiceDomain;
}
