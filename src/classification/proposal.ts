/** 双审制: a change of modes is proposed, reviewed by the department, reviewed again by the justice bureau, then in force. */
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { type Role, RoleEnum } from '../access/caller';
import { ServiceItem } from '../catalog/item';
import { type HandlingMode, HandlingModeEnum, handlingModes } from '../catalog/item-enums';
import { Node } from '../catalog/node';
import { dateScalar } from '../lib/calendar-date';
import { dateTimeScalar } from '../lib/date-time';
import { CatalogRevision } from '../revisions/revision';
import { ClassificationFields } from './classification-fields';

/** Where a proposal stands. */
export const proposalStatuses = ['PROPOSED', 'REVIEWED', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];
export const ProposalStatusEnum = Object.fromEntries(proposalStatuses.map((status) => [status, status])) as {
  [K in ProposalStatus]: K;
};

registerEnumType(ProposalStatusEnum, {
  name: 'ProposalStatus',
  description:
    '双审制: proposed, reviewed by the department, reviewed again by the justice bureau, then in force.',
  valuesConfig: {
    PROPOSED: { description: '待部门审核: waits for the first review.' },
    REVIEWED: { description: '待司法局审核: the first review agreed; waits for the second.' },
    APPROVED: { description: '已通过: both agreed; in force, or will be on its day.' },
    REJECTED: { description: '已驳回: a review refused it, or it no longer held on its day.' },
    WITHDRAWN: { description: '已撤回: taken back by its author or an administrator.' },
  },
});

/** A review; the database refuses to change or delete a row. */
@ObjectType({ simpleResolvers: true, description: 'What one reviewer said of a proposal.' })
@Entity('proposal_review')
export class ProposalReview {
  @PrimaryColumn({ name: 'proposal_id', type: 'int', unsigned: true })
  proposalId!: number;

  @PrimaryColumn({ type: 'tinyint', unsigned: true })
  ordinal!: number;

  @Column({ name: 'reviewer_id', type: 'varchar', length: 300 })
  reviewerId!: string;

  @Field(() => String, { description: "The reviewer's name." })
  @Column({ name: 'reviewed_by', type: 'varchar', length: 100 })
  by!: string;

  @Field(() => RoleEnum, { description: 'REVIEWER for the first review, LEGAL_REVIEWER for the second.' })
  @Column({ type: 'enum', enum: ['REVIEWER', 'LEGAL_REVIEWER'] })
  role!: Role;

  @Field(() => dateTimeScalar, { description: 'When.' })
  @Column({ type: 'datetime', precision: 6 })
  at!: Date;

  @Field(() => Boolean, { description: 'Whether the reviewer agreed.' })
  @Column({ type: 'boolean' })
  approved!: boolean;

  @Field(() => String, { description: 'What the reviewer had to say.' })
  @Column({ type: 'varchar', length: 500 })
  comment!: string;

  @ManyToOne(() => Proposal, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'proposal_id', foreignKeyConstraintName: 'fk_proposal_review_proposal' })
  ofProposal?: Proposal;
}

@ObjectType({ implements: Node, description: 'A proposed change of the modes of some items.' })
@Entity('proposal')
@Index('ix_proposal_status', ['status', 'appliedRevision'])
export class Proposal extends Node {
  /** The number that its id stands for. */
  @PrimaryGeneratedColumn({ name: 'id', type: 'int', unsigned: true })
  number!: number;

  @Field(() => ProposalStatusEnum, { description: 'Where it stands.' })
  @Column({ type: 'enum', enum: proposalStatuses })
  status!: ProposalStatus;

  @Field(() => String, { description: 'Why, as its author said.' })
  @Column({ type: 'varchar', length: 500 })
  reason!: string;

  @Field(() => [HandlingModeEnum], { description: 'Modes that the items are to get.' })
  @Column({ name: 'add_modes', type: 'set', enum: handlingModes })
  add!: HandlingMode[];

  @Field(() => [HandlingModeEnum], { description: 'Modes that the items are to lose.' })
  @Column({ name: 'remove_modes', type: 'set', enum: handlingModes })
  remove!: HandlingMode[];

  @Field(() => ClassificationFields, {
    description: 'What else is to be set; null fields are left as they are.',
  })
  @Column({ name: 'fields', type: 'json' })
  set!: ClassificationFields;

  @Field(() => dateScalar, {
    nullable: true,
    description: 'Applied no earlier than this day; null = at once when approved.',
  })
  @Column({ name: 'effective_on', type: 'date', nullable: true })
  effectiveOn!: string | null;

  @Column({ name: 'proposer_id', type: 'varchar', length: 300 })
  proposerId!: string;

  @Field(() => String, { description: "The author's name." })
  @Column({ name: 'proposed_by', type: 'varchar', length: 100 })
  proposedBy!: string;

  @Field(() => dateTimeScalar, { description: 'When it was proposed.' })
  @Column({ name: 'proposed_at', type: 'datetime', precision: 6 })
  proposedAt!: Date;

  /** Since when it waits for the next review. */
  @Column({ name: 'waiting_since', type: 'datetime', precision: 6 })
  waitingSince!: Date;

  @Field(() => Int, { nullable: true, description: 'The revision that put it into force; null before.' })
  @Column({ name: 'applied_revision', type: 'int', unsigned: true, nullable: true })
  appliedRevision!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it could not be put into force although approved; null otherwise.',
  })
  @Column({ name: 'not_applied_because', type: 'varchar', length: 2000, nullable: true })
  notAppliedBecause!: string | null;

  @Field(() => [ProposalReview], { description: 'The reviews so far, in order.' })
  reviews!: ProposalReview[];

  /** The items that it is about. */
  itemCodes!: string[];

  @ManyToOne(() => CatalogRevision, { nullable: true, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'applied_revision', foreignKeyConstraintName: 'fk_proposal_revision' })
  ofRevision?: CatalogRevision | null;

  get code(): string {
    return String(this.number);
  }
}

/** An item that a proposal is about. */
@Entity('proposal_item')
export class ProposalItem {
  @PrimaryColumn({ name: 'proposal_id', type: 'int', unsigned: true })
  proposalId!: number;

  @PrimaryColumn({ name: 'item_code', type: 'varchar', length: 33 })
  itemCode!: string;

  @ManyToOne(() => Proposal, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'proposal_id', foreignKeyConstraintName: 'fk_proposal_item_proposal' })
  ofProposal?: Proposal;

  @ManyToOne(() => ServiceItem, { nullable: false, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @JoinColumn({ name: 'item_code', foreignKeyConstraintName: 'fk_proposal_item_item' })
  ofItem?: ServiceItem;
}
