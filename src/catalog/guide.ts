/** 办事指南: what one must know to get an item done, as value objects that are stored as JSON and read on demand. */
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: '申请材料: something that the applicant hands in.' })
export class RequiredMaterial {
  @Field(() => String, { description: 'Its name, at most 500 characters.' })
  name!: string;

  @Field(() => Boolean, { description: '原件: whether the original is looked at.' })
  original!: boolean;

  @Field(() => Int, { description: '复印件: how many copies are kept, 0 to 100.' })
  copies!: number;

  @Field(() => Boolean, { description: '电子材料: whether an electronic form of it is accepted.' })
  electronicAccepted!: boolean;

  @Field(() => Boolean, {
    description:
      '免提交: whether the office can fetch it from shared data, so that the applicant need not bring it.',
  })
  exempt!: boolean;

  @Field(() => String, {
    nullable: true,
    description: '来源渠道: who issues it; null where it goes without saying.',
  })
  source!: string | null;

  @Field(() => String, { nullable: true, description: '填报须知: what to mind; null for nothing.' })
  note!: string | null;
}

@ObjectType({ simpleResolvers: true, description: '办理环节: a step that an item goes through.' })
export class HandlingStep {
  @Field(() => String, { description: 'Its name, e.g. 受理.' })
  name!: string;

  @Field(() => String, { description: '办理人: who does it: a post or an office, no person.' })
  handler!: string;

  @Field(() => Int, { description: 'How many working days it takes at most, 0 to 1000; 0 = at once.' })
  workingDays!: number;
}

@ObjectType({ simpleResolvers: true, description: '设定依据: a law or document that an item rests on.' })
export class LegalBasis {
  @Field(() => String, { description: 'Title of the law or document.' })
  title!: string;

  @Field(() => String, { nullable: true, description: '条款: article; null for the whole document.' })
  article!: string | null;
}

/** The guide of an item. */
export interface ItemGuide {
  /** 受理条件, in order. */
  readonly conditions: readonly string[];
  readonly materials: readonly RequiredMaterial[];
  readonly steps: readonly HandlingStep[];
  readonly legalBases: readonly LegalBasis[];
  /** 办理结果: what one gets. */
  readonly results: readonly string[];
  /** Colloquial names that citizens search by. */
  readonly aliases: readonly string[];
}

/** The fields of a guide, and how many entries each has at most. */
export const guideBounds: { readonly [K in keyof ItemGuide]: number } = {
  conditions: 30,
  materials: 50,
  steps: 30,
  legalBases: 50,
  results: 20,
  aliases: 30,
};

export const guideFields = Object.keys(guideBounds) as (keyof ItemGuide)[];

/** The guide of an item that has none yet. */
export const emptyGuide: ItemGuide = {
  conditions: [],
  materials: [],
  steps: [],
  legalBases: [],
  results: [],
  aliases: [],
};

/** Just the guide of something that has more; a state of the log from before there were guides has an empty one. */
export function guideOf(state: Partial<ItemGuide>): ItemGuide {
  return {
    conditions: [...(state.conditions ?? [])],
    materials: (state.materials ?? []).map(({ name, original, copies, ...rest }) => ({
      name,
      original,
      copies,
      electronicAccepted: rest.electronicAccepted,
      exempt: rest.exempt,
      source: rest.source ?? null,
      note: rest.note ?? null,
    })),
    steps: (state.steps ?? []).map(({ name, handler, workingDays }) => ({ name, handler, workingDays })),
    legalBases: (state.legalBases ?? []).map(({ title, article }) => ({ title, article: article ?? null })),
    results: [...(state.results ?? [])],
    aliases: [...(state.aliases ?? [])],
  };
}

/** Whether there is nothing in a guide. */
export function isEmptyGuide(guide: ItemGuide): boolean {
  return guideFields.every((field) => guide[field].length === 0);
}

/** What is wrong with a guide; `field` is the path of the value at fault, e.g. materials.3.name. */
export interface GuideFault {
  readonly field: string;
  readonly message: string;
}

const longestText = 500;

/** Every fault of a guide. */
export function guideFaults(guide: ItemGuide): GuideFault[] {
  const faults: GuideFault[] = [];
  const text = (field: string, value: string | null) => {
    if (value === null) return;
    if (value.trim() !== value || value === '') faults.push({ field, message: '不能为空，首尾不能有空格' });
    if ([...value].length > longestText) faults.push({ field, message: `不得超过${longestText}个字` });
  };
  const whole = (field: string, value: number, most: number) => {
    if (!Number.isInteger(value) || value < 0 || value > most)
      faults.push({ field, message: `为${value}，须为0至${most}的整数` });
  };
  for (const field of guideFields) {
    const { length } = guide[field];
    if (length > guideBounds[field])
      faults.push({ field, message: `有${length}项，最多${guideBounds[field]}项` });
  }
  for (const field of ['conditions', 'results', 'aliases'] as const) {
    guide[field].forEach((value, i) => text(`${field}.${i}`, value));
  }
  guide.materials.forEach((material, i) => {
    for (const part of ['name', 'source', 'note'] as const) text(`materials.${i}.${part}`, material[part]);
    whole(`materials.${i}.copies`, material.copies, 100);
  });
  guide.steps.forEach((step, i) => {
    for (const part of ['name', 'handler'] as const) text(`steps.${i}.${part}`, step[part]);
    whole(`steps.${i}.workingDays`, step.workingDays, 1000);
  });
  guide.legalBases.forEach((basis, i) => {
    for (const part of ['title', 'article'] as const) text(`legalBases.${i}.${part}`, basis[part]);
  });
  return faults;
}
