import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Node } from './node';

/** 领域: one of the fields of government work that the catalog is divided into. */
@ObjectType({ implements: Node, description: '领域: a field of government work.' })
@Entity('service_domain')
@Index('uq_service_domain_name', ['name'], { unique: true })
export class ServiceDomain extends Node {
  @Field(() => String, { description: 'Natural key, e.g. D01.' })
  @PrimaryColumn({ type: 'varchar', length: 8 })
  code!: string;

  @Field(() => String, { description: 'Name in Chinese.' })
  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Field(() => String, { description: 'Name in English.' })
  @Column({ name: 'name_en', type: 'varchar', length: 100 })
  nameEn!: string;

  @Field(() => String, { nullable: true, description: 'What belongs to it, for citizens, in Chinese.' })
  @Column({ type: 'varchar', length: 500, nullable: true })
  description!: string | null;
}
