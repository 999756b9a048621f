/** The orders of a list of items. Every order is total: ties are broken by code, in the same direction. */
import { Field, InputType, registerEnumType } from 'type-graphql';
import type { IndexedItem } from './indexed-item';

/** What lists are ordered by; RELEVANCE needs a search text. */
export const ServiceItemOrderFieldEnum = {
  RELEVANCE: 'RELEVANCE',
  CODE: 'CODE',
  NAME: 'NAME',
  PROMISED_WORKING_DAYS: 'PROMISED_WORKING_DAYS',
  UPDATED_AT: 'UPDATED_AT',
} as const;
export type ServiceItemOrderField = keyof typeof ServiceItemOrderFieldEnum;

export const OrderDirectionEnum = { ASC: 'ASC', DESC: 'DESC' } as const;
export type OrderDirection = keyof typeof OrderDirectionEnum;

registerEnumType(ServiceItemOrderFieldEnum, {
  name: 'ServiceItemOrderField',
  description: 'What a list of items is ordered by. Ties are broken by code, in the same direction.',
  valuesConfig: {
    RELEVANCE: {
      description: 'How well an item fits the search text. Only with search: BAD_USER_INPUT otherwise.',
    },
    CODE: { description: 'By code, character by character. The default without search.' },
    NAME: {
      description: 'By name in pinyin order (拼音序): by syllable, then tone, character by character.',
    },
    PROMISED_WORKING_DAYS: { description: 'By promised working days, fewest first.' },
    UPDATED_AT: { description: 'By the moment of the last change, oldest first.' },
  },
});

registerEnumType(OrderDirectionEnum, {
  name: 'OrderDirection',
  description: 'Forwards or backwards.',
  valuesConfig: {
    ASC: { description: 'Smallest, earliest or alphabetically first at the beginning.' },
    DESC: { description: 'Exactly the reverse of ASC.' },
  },
});

@InputType('ServiceItemOrder', { description: 'How a list of items is ordered.' })
export class ServiceItemOrder {
  @Field(() => ServiceItemOrderFieldEnum, { description: 'What to order by.' })
  field!: ServiceItemOrderField;

  @Field(() => OrderDirectionEnum, { defaultValue: 'ASC', description: 'Forwards or backwards.' })
  direction!: OrderDirection;
}

/** The orders that the index keeps. */
export type IndexedOrder = Exclude<ServiceItemOrderField, 'RELEVANCE'>;

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Ascending comparisons, without the tie-break. */
const keys: { readonly [K in IndexedOrder]: (a: IndexedItem, b: IndexedItem) => number } = {
  CODE: () => 0,
  NAME: (a, b) => byText(a.nameKey, b.nameKey),
  PROMISED_WORKING_DAYS: (a, b) => a.promisedWorkingDays - b.promisedWorkingDays,
  UPDATED_AT: (a, b) => a.revision - b.revision,
};

export const indexedOrders = Object.keys(keys) as IndexedOrder[];

/** Where `a` stands to `b` in an order; 0 only for the same item. */
export function compareItems(order: IndexedOrder, a: IndexedItem, b: IndexedItem): number {
  return keys[order](a, b) || byText(a.code, b.code);
}
