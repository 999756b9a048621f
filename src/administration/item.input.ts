/** The inputs of whole items. */
import { Field, InputType, Int } from 'type-graphql';
import {
  type Audience,
  AudienceEnum,
  type HandlingMode,
  HandlingModeEnum,
  type ServiceItemKind,
  ServiceItemKindEnum,
} from '../catalog/item-enums';

@InputType({ description: '申请材料: something that the applicant hands in.' })
export class RequiredMaterialInput {
  @Field(() => String, { description: 'Its name, at most 500 characters.' })
  name!: string;

  @Field(() => Boolean, { description: '原件: whether the original is looked at.' })
  original!: boolean;

  @Field(() => Int, { description: '复印件: how many copies are kept, 0 to 100.' })
  copies!: number;

  @Field(() => Boolean, { description: '电子材料: whether an electronic form of it is accepted.' })
  electronicAccepted!: boolean;

  @Field(() => Boolean, { description: '免提交: whether the office can fetch it from shared data.' })
  exempt!: boolean;

  @Field(() => String, { nullable: true, description: '来源渠道: who issues it, at most 500 characters.' })
  source?: string | null;

  @Field(() => String, { nullable: true, description: '填报须知: what to mind, at most 500 characters.' })
  note?: string | null;
}

@InputType({ description: '办理环节: a step that an item goes through.' })
export class HandlingStepInput {
  @Field(() => String, { description: 'Its name, e.g. 受理.' })
  name!: string;

  @Field(() => String, { description: '办理人: a post or an office.' })
  handler!: string;

  @Field(() => Int, { description: 'How many working days it takes at most, 0 to 1000.' })
  workingDays!: number;
}

@InputType({ description: '设定依据: a law or document that an item rests on.' })
export class LegalBasisInput {
  @Field(() => String, { description: 'Title of the law or document.' })
  title!: string;

  @Field(() => String, { nullable: true, description: '条款: article.' })
  article?: string | null;
}

@InputType({
  description: 'A whole item. An update replaces every field; the code says which item, and never changes.',
})
export class ServiceItemInput {
  @Field(() => String, { description: '实施编码 (31 characters) or 业务办理项编码 (33).' })
  code!: string;

  @Field(() => String, {
    description: 'The full official name, unique in the catalog, at most 200 characters.',
  })
  name!: string;

  @Field(() => String, { description: 'One or two plain sentences, at most 500 characters.' })
  summary!: string;

  @Field(() => ServiceItemKindEnum, { description: '事项类型.' })
  kind!: ServiceItemKind;

  @Field(() => [AudienceEnum], { description: '服务对象: at least one.' })
  audiences!: Audience[];

  @Field(() => String, { description: 'Code of the window that takes it in.' })
  window!: string;

  @Field(() => String, { description: 'Code of the department that decides on it.' })
  department!: string;

  @Field(() => [HandlingModeEnum], {
    description: '五办. With review required, only an ADMINISTRATOR may give other modes than those stored.',
  })
  modes!: HandlingMode[];

  @Field(() => Int, { nullable: true, description: '法定办结时限, in working days, 0 to 1000.' })
  legalWorkingDays?: number | null;

  @Field(() => Int, { description: '承诺办结时限, in working days, 0 to 1000.' })
  promisedWorkingDays!: number;

  @Field(() => Int, { description: '到办事现场次数, 0 to 20.' })
  onSiteVisits!: number;

  @Field(() => String, { nullable: true, description: '收费, as text; null = free of charge.' })
  fee?: string | null;

  @Field(() => String, { nullable: true, description: 'Where to apply online; begins with https://.' })
  onlineUrl?: string | null;

  @Field(() => [String], { defaultValue: [], description: '受理条件, in order.' })
  conditions!: string[];

  @Field(() => [RequiredMaterialInput], { defaultValue: [], description: '申请材料.' })
  materials!: RequiredMaterialInput[];

  @Field(() => [HandlingStepInput], { defaultValue: [], description: '办理流程, in order.' })
  steps!: HandlingStepInput[];

  @Field(() => [LegalBasisInput], { defaultValue: [], description: '设定依据.' })
  legalBases!: LegalBasisInput[];

  @Field(() => [String], { defaultValue: [], description: '办理结果.' })
  results!: string[];

  @Field(() => [String], { defaultValue: [], description: 'Colloquial names that citizens search by.' })
  aliases!: string[];

  @Field(() => [String], { defaultValue: [], description: 'Codes of the outlets that handle it.' })
  outlets!: string[];

  @Field(() => [String], { defaultValue: [], description: 'Codes of the kiosks that handle it.' })
  kiosks!: string[];
}

@InputType({ description: 'An item to be retired (取消); it stays in history and in `node`.' })
export class RetireServiceItemInput {
  @Field(() => String, { description: "The item's code." })
  code!: string;

  @Field(() => Int, { description: 'The version that the editor saw.' })
  version!: number;

  @Field(() => String, { description: 'Why: 4 to 500 characters.' })
  reason!: string;
}
