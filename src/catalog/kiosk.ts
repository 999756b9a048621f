import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { GeoPoint } from './geo';
import { Node } from './node';
import { OpeningHours } from './opening-hours';

/** 自助终端: a self-service machine. */
@ObjectType({ implements: Node, description: '自助终端: a self-service machine that handles items.' })
@Entity('kiosk')
@Index('uq_kiosk_name', ['name'], { unique: true })
export class Kiosk extends Node {
  @Field(() => String, { description: 'Natural key, e.g. K01.' })
  @PrimaryColumn({ type: 'varchar', length: 16 })
  code!: string;

  @Field(() => String, { description: 'Name in Chinese.' })
  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Field(() => String, { description: '地址: how one finds it.' })
  @Column({ type: 'varchar', length: 200 })
  address!: string;

  /** Degrees north, WGS 84. */
  @Column({ type: 'double' })
  latitude!: number;

  /** Degrees east, WGS 84. */
  @Column({ type: 'double' })
  longitude!: number;

  @Field(() => [OpeningHours], { description: 'In order of weekday and time.' })
  @Column({ name: 'opening_hours', type: 'json' })
  openingHours!: OpeningHours[];

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

  @Field(() => Int, {
    nullable: true,
    description: 'From the point asked near, in whole metres as the crow flies; null where none was given.',
  })
  distanceMeters?: number | null;

  @Field(() => GeoPoint, { description: 'Where it is.' })
  location(): GeoPoint {
    return { latitude: this.latitude, longitude: this.longitude };
  }
}
