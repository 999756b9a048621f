/** The closed lists that describe an item. Their order is the order of the stored SET and ENUM columns: only append. */
import { registerEnumType } from 'type-graphql';

/** 五办: how a citizen may get an item done. */
export const handlingModes = ['IMMEDIATE', 'ONLINE', 'NEARBY', 'SINGLE_VISIT', 'SELF_SERVICE'] as const;
export type HandlingMode = (typeof handlingModes)[number];

/** 事项类型. */
export const itemKinds = [
  'LICENSING',
  'CONFIRMATION',
  'PAYMENT',
  'REWARD',
  'ADJUDICATION',
  'LEVY',
  'OTHER_POWER',
  'PUBLIC_SERVICE',
] as const;
export type ServiceItemKind = (typeof itemKinds)[number];

/** 服务对象. */
export const audiences = ['NATURAL_PERSON', 'LEGAL_PERSON'] as const;
export type Audience = (typeof audiences)[number];

/** 事项状态. */
export const itemStatuses = ['PUBLISHED', 'SUSPENDED', 'RETIRED'] as const;
export type ServiceItemStatus = (typeof itemStatuses)[number];

/** An object whose keys are its values, as GraphQL enums are declared from. */
function enumOf<T extends string>(values: readonly T[]): { [K in T]: K } {
  return Object.fromEntries(values.map((value) => [value, value])) as { [K in T]: K };
}

export const HandlingModeEnum = enumOf(handlingModes);
export const ServiceItemKindEnum = enumOf(itemKinds);
export const AudienceEnum = enumOf(audiences);
export const ServiceItemStatusEnum = enumOf(itemStatuses);

registerEnumType(HandlingModeEnum, {
  name: 'HandlingMode',
  description:
    '五办: how a citizen may get an item done; an item carries any subset, the empty one included.',
  valuesConfig: {
    IMMEDIATE: { description: '马上办: handled on the spot, with no promised waiting time.' },
    ONLINE: { description: '网上办: can be applied for online.' },
    NEARBY: { description: '就近办: can be handled at a township or village outlet.' },
    SINGLE_VISIT: { description: '一次办: at most one visit to a window.' },
    SELF_SERVICE: { description: '自助办: can be handled at a self-service kiosk.' },
  },
});

registerEnumType(ServiceItemKindEnum, {
  name: 'ServiceItemKind',
  description:
    '事项类型: what kind of power or service an item is, by the national code list of matter types.',
  valuesConfig: {
    LICENSING: { description: '行政许可 (01): allows what is forbidden without it.' },
    CONFIRMATION: { description: '行政确认 (07): confirms a legal status, right or fact.' },
    PAYMENT: { description: '行政给付 (05): grants money, goods or care.' },
    REWARD: { description: '行政奖励 (08): rewards merit.' },
    ADJUDICATION: { description: '行政裁决 (09): decides a civil dispute that law gives to an authority.' },
    LEVY: { description: '行政征收 (04): collects taxes, fees or contributions.' },
    OTHER_POWER: { description: '其他行政权力 (10): filings, reviews and other powers.' },
    PUBLIC_SERVICE: { description: '公共服务 (20): a service without exercise of power.' },
  },
});

registerEnumType(AudienceEnum, {
  name: 'Audience',
  description: '服务对象: whom an item serves.',
  valuesConfig: {
    NATURAL_PERSON: { description: '自然人: citizens.' },
    LEGAL_PERSON: { description: '法人: firms and organisations, with or without legal personality.' },
  },
});

registerEnumType(ServiceItemStatusEnum, {
  name: 'ServiceItemStatus',
  description: '事项状态: whether an item is offered at present.',
  valuesConfig: {
    PUBLISHED: { description: '在用: offered.' },
    SUSPENDED: { description: '暂停: not offered for the time being.' },
    RETIRED: { description: '取消: no longer offered; kept for its history.' },
  },
});
