/** The inputs of windows, outlets, kiosks and life events. */
import { Field, InputType, Int } from 'type-graphql';
import { GeoPointInput } from '../catalog/geo';
import { type Audience, AudienceEnum } from '../catalog/item-enums';
import { type OutletLevel, OutletLevelEnum } from '../catalog/outlet';

@InputType({ description: '办公时间: one span of time in which a place is open every week.' })
export class OpeningHoursInput {
  @Field(() => Int, { description: 'ISO weekday, 1 = Monday … 7 = Sunday.' })
  weekday!: number;

  @Field(() => String, { description: 'HH:MM, Asia/Shanghai.' })
  opens!: string;

  @Field(() => String, { description: 'HH:MM, later than opens, up to 24:00.' })
  closes!: string;
}

@InputType({ description: '综合窗口. An update replaces every field; the code never changes.' })
export class ServiceWindowInput {
  @Field(() => String, { description: '1 to 16 capital letters, digits and hyphens.' })
  code!: string;

  @Field(() => String, { description: 'Unique among windows, at most 100 characters.' })
  name!: string;

  @Field(() => String, { description: 'Code of its domain; its items go with it.' })
  domain!: string;

  @Field(() => String, { description: '大厅.' })
  hall!: string;

  @Field(() => String, { description: '窗口号.' })
  counter!: string;

  @Field(() => [OpeningHoursInput], { description: '办公时间.' })
  openingHours!: OpeningHoursInput[];

  @Field(() => String, { nullable: true, description: '咨询电话, at most 30 characters.' })
  phone?: string | null;
}

@InputType({ description: '就近办网点. An update replaces every field; the code never changes.' })
export class OutletInput {
  @Field(() => String, { description: '1 to 16 capital letters, digits and hyphens.' })
  code!: string;

  @Field(() => String, { description: 'Unique among outlets, at most 100 characters.' })
  name!: string;

  @Field(() => OutletLevelEnum, { description: 'County, township or village.' })
  level!: OutletLevel;

  @Field(() => String, { description: '所在乡镇, at most 50 characters.' })
  township!: string;

  @Field(() => GeoPointInput, { description: 'Where it is, WGS 84.' })
  location!: GeoPointInput;

  @Field(() => [OpeningHoursInput], { description: '办公时间.' })
  openingHours!: OpeningHoursInput[];

  @Field(() => String, { nullable: true, description: '咨询电话, at most 30 characters.' })
  phone?: string | null;
}

@InputType({ description: '自助终端. An update replaces every field; the code never changes.' })
export class KioskInput {
  @Field(() => String, { description: '1 to 16 capital letters, digits and hyphens.' })
  code!: string;

  @Field(() => String, { description: 'Unique among kiosks, at most 100 characters.' })
  name!: string;

  @Field(() => String, { description: '地址, at most 200 characters.' })
  address!: string;

  @Field(() => GeoPointInput, { description: 'Where it is, WGS 84.' })
  location!: GeoPointInput;

  @Field(() => [OpeningHoursInput], { description: '办公时间.' })
  openingHours!: OpeningHoursInput[];
}

@InputType({ description: '一件事. An update replaces every field; the code never changes.' })
export class LifeEventInput {
  @Field(() => String, { description: '1 to 16 capital letters, digits and hyphens.' })
  code!: string;

  @Field(() => String, { description: 'Unique among life events, at most 100 characters.' })
  name!: string;

  @Field(() => String, { description: 'One or two plain sentences, at most 500 characters.' })
  summary!: string;

  @Field(() => AudienceEnum, { description: '服务对象.' })
  audience!: Audience;

  @Field(() => [String], { description: 'Codes of its items in order, 1 to 50.' })
  items!: string[];
}

@InputType({ description: 'A window, outlet, kiosk or life event to be retired (撤销).' })
export class RetireRecordInput {
  @Field(() => String, { description: 'Its code.' })
  code!: string;

  @Field(() => Int, { description: 'The version that the editor saw.' })
  version!: number;

  @Field(() => String, { description: 'Why: 4 to 500 characters.' })
  reason!: string;
}
