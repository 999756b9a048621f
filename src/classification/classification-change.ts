import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ServiceItem } from '../catalog/item';
import { type HandlingMode, HandlingModeEnum, handlingModes } from '../catalog/item-enums';
import { Node } from '../catalog/node';
import { dateTimeScalar } from '../lib/date-time';
import { CatalogRevision } from '../revisions/revision';
import { Proposal } from './proposal';

/** Which modes one revision gave an item, and took from it; the database refuses to change or delete a row. */
@ObjectType({
  implements: Node,
  description:
    'Who changed which modes of an item, when and why; never edited, never deleted. The first one of an item is the modes that it was made with.',
})
@Entity('classification_change')
@Index('ix_classification_change_item', ['itemCode', 'revision'])
export class ClassificationChange extends Node {
  @Field(() => Int, { description: 'The catalog revision that it is part of.' })
  @PrimaryColumn({ type: 'int', unsigned: true })
  revision!: number;

  @PrimaryColumn({ name: 'item_code', type: 'varchar', length: 33 })
  itemCode!: string;

  @Field(() => [HandlingModeEnum], { description: 'Modes that the item did not have before.' })
  @Column({ type: 'set', enum: handlingModes })
  added!: HandlingMode[];

  @Field(() => [HandlingModeEnum], { description: 'Modes that the item had before.' })
  @Column({ type: 'set', enum: handlingModes })
  removed!: HandlingMode[];

  @Column({ name: 'proposal_id', type: 'int', unsigned: true, nullable: true })
  proposalId!: number | null;

  @Field(() => dateTimeScalar, { description: 'When.' })
  at!: Date;

  @Field(() => String, { description: 'Why, as its author said.' })
  reason!: string;

  /** Who; shown to staff only. */
  by!: string;

  @ManyToOne(() => CatalogRevision, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'revision', foreignKeyConstraintName: 'fk_classification_change_revision' })
  ofRevision?: CatalogRevision;

  @ManyToOne(() => ServiceItem, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'item_code', foreignKeyConstraintName: 'fk_classification_change_item' })
  ofItem?: ServiceItem;

  @ManyToOne(() => Proposal, { nullable: true, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'proposal_id', foreignKeyConstraintName: 'fk_classification_change_proposal' })
  ofProposal?: Proposal | null;

  /** The natural key: revision and item. */
  get code(): string {
    return `${this.revision}:${this.itemCode}`;
  }
}
