import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { GeoPoint } from './geo';
import { Node } from './node';
import { OpeningHours } from './opening-hours';

/** Levels of an outlet: 县, 镇（乡）, 村（社区）. */
export const outletLevels = ['COUNTY', 'TOWNSHIP', 'VILLAGE'] as const;
export type OutletLevel = (typeof outletLevels)[number];

export const OutletLevelEnum = Object.fromEntries(outletLevels.map((level) => [level, level])) as {
  [K in OutletLevel]: K;
};

registerEnumType(OutletLevelEnum, {
  name: 'OutletLevel',
  description: 'Which level of government an outlet belongs to.',
  valuesConfig: {
    COUNTY: { description: '县: the county.' },
    TOWNSHIP: { description: '镇（乡）: a town or township.' },
    VILLAGE: { description: '村（社区）: a village or community.' },
  },
});

/** 就近办 outlet: a township station or a village or community station (便民服务中心). */
@ObjectType({
  implements: Node,
  description: '就近办网点: a township, village or community station (便民服务中心) that handles items.',
})
@Entity('outlet')
@Index('uq_outlet_name', ['name'], { unique: true })
export class Outlet extends Node {
  @Field(() => String, { description: 'Natural key, e.g. T01.' })
  @PrimaryColumn({ type: 'varchar', length: 16 })
  code!: string;

  @Field(() => String, { description: 'Name in Chinese.' })
  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Field(() => OutletLevelEnum, { description: 'Which level of government it belongs to.' })
  @Column({ type: 'enum', enum: outletLevels })
  level!: OutletLevel;

  @Field(() => String, { description: '镇（乡）: the town or township that it lies in.' })
  @Column({ type: 'varchar', length: 50 })
  township!: string;

  /** Degrees north, WGS 84. */
  @Column({ type: 'double' })
  latitude!: number;

  /** Degrees east, WGS 84. */
  @Column({ type: 'double' })
  longitude!: number;

  @Field(() => String, { nullable: true, description: '咨询电话: with area code.' })
  @Column({ type: 'varchar', length: 30, nullable: true })
  phone!: string | null;

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
