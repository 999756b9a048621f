import { Field, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { dateTimeScalar } from '../lib/date-time';
import { Department } from './department';
import {
  type Audience,
  AudienceEnum,
  audiences,
  type HandlingMode,
  HandlingModeEnum,
  handlingModes,
  itemKinds,
  itemStatuses,
  type ServiceItemKind,
  ServiceItemKindEnum,
  type ServiceItemStatus,
  ServiceItemStatusEnum,
} from './item-enums';
import { Node } from './node';
import { ServiceWindow } from './window';

/** 事项: what a citizen comes to get done. The columns of a list row; nothing here is long. */
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: '事项: what a citizen or a firm comes to get done.',
})
@Entity('service_item')
@Index('uq_service_item_name', ['name'], { unique: true })
@Check('ck_service_item_promise', 'legal_working_days IS NULL OR promised_working_days <= legal_working_days')
@Check('ck_service_item_immediate', "FIND_IN_SET('IMMEDIATE', modes) = 0 OR promised_working_days <= 1")
@Check('ck_service_item_online', "FIND_IN_SET('ONLINE', modes) = 0 OR online_url IS NOT NULL")
@Check('ck_service_item_single_visit', "FIND_IN_SET('SINGLE_VISIT', modes) = 0 OR on_site_visits <= 1")
export class ServiceItem extends Node {
  @Field(() => String, {
    description: 'Natural key: the national 实施编码 (31 characters), or 业务办理项编码 of a variant (33).',
  })
  @PrimaryColumn({ type: 'varchar', length: 33 })
  code!: string;

  @Field(() => String, { description: '事项名称: the full official name, unique in the catalog.' })
  @Column({ type: 'varchar', length: 200 })
  name!: string;

  @Field(() => String, { description: 'What one gets and who may apply, in one or two plain sentences.' })
  @Column({ type: 'varchar', length: 500 })
  summary!: string;

  @Field(() => ServiceItemKindEnum, { description: '事项类型.' })
  @Column({ type: 'enum', enum: itemKinds })
  kind!: ServiceItemKind;

  @Field(() => ServiceItemStatusEnum, { description: '事项状态.' })
  @Column({ type: 'enum', enum: itemStatuses })
  status!: ServiceItemStatus;

  @Field(() => [AudienceEnum], { description: '服务对象: at least one.' })
  @Column({ type: 'set', enum: audiences })
  audiences!: Audience[];

  @Column({ name: 'window_code', type: 'varchar', length: 16 })
  windowCode!: string;

  @Column({ name: 'department_code', type: 'varchar', length: 18 })
  departmentCode!: string;

  @Field(() => [HandlingModeEnum], {
    description: '五办: declared by the administration, never derived; in the order of the enum.',
  })
  @Column({ type: 'set', enum: handlingModes })
  modes!: HandlingMode[];

  @Field(() => Int, {
    description: 'Optimistic lock: grows by one with every change; send it back with a change.',
  })
  @Column({ type: 'int', unsigned: true })
  version!: number;

  @Field(() => Int, { description: 'The catalog revision of its last change.' })
  @Column({ type: 'int', unsigned: true })
  revision!: number;

  @Field(() => dateTimeScalar, { description: 'The moment of its last change.' })
  @Column({ name: 'updated_at', type: 'datetime', precision: 6 })
  updatedAt!: Date;

  @Field(() => Int, {
    nullable: true,
    description: '法定办结时限, in working days; null where the law sets none.',
  })
  @Column({ name: 'legal_working_days', type: 'smallint', unsigned: true, nullable: true })
  legalWorkingDays!: number | null;

  @Field(() => Int, { description: '承诺办结时限, in working days; 0 = on the spot.' })
  @Column({ name: 'promised_working_days', type: 'smallint', unsigned: true })
  promisedWorkingDays!: number;

  @Field(() => Int, { description: '到办事现场次数: how often one must come in person at most.' })
  @Column({ name: 'on_site_visits', type: 'tinyint', unsigned: true })
  onSiteVisits!: number;

  @Field(() => String, {
    nullable: true,
    description: '收费: what it costs, as text; null = free of charge.',
  })
  @Column({ type: 'varchar', length: 200, nullable: true })
  fee!: string | null;

  @Field(() => String, { nullable: true, description: 'Where to apply online; always there with ONLINE.' })
  @Column({ name: 'online_url', type: 'varchar', length: 500, nullable: true })
  onlineUrl!: string | null;

  @ManyToOne(() => ServiceWindow, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'window_code', foreignKeyConstraintName: 'fk_service_item_window' })
  ofWindow?: ServiceWindow;

  @ManyToOne(() => Department, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'department_code', foreignKeyConstraintName: 'fk_service_item_department' })
  ofDepartment?: Department;
}
