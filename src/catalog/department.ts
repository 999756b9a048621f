import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Node } from './node';

/** 实施主体: the authority that handles items. */
@ObjectType({ implements: Node, description: '实施主体: an authority that handles items.' })
@Entity('department')
@Index('uq_department_name', ['name'], { unique: true })
export class Department extends Node {
  @Field(() => String, {
    description: 'Natural key: the unified social credit code (统一社会信用代码, GB 32100), 18 characters.',
  })
  @PrimaryColumn({ type: 'varchar', length: 18 })
  code!: string;

  @Field(() => String, { description: 'Official name in Chinese.' })
  @Column({ type: 'varchar', length: 100 })
  name!: string;
}
