/** From an input to a request of the services: who asks, which items, what for. */
import type { Caller } from '../access/caller';
import { type Operation, requireRight } from '../access/policy';
import type { ClassificationRequest } from '../classification/classification.service';
import { mostItems } from '../classification/classify';
import { invariant } from '../lib/errors';
import type { UserError } from '../lib/user-error';
import { filterConditions } from '../search/item-filter';
import { Selection } from '../search/selection';
import type { ClassifyItemsInput } from './classify.input';
import type { AdministrationContext } from './context';
import { mistake } from '../classification/mistakes';

/** The caller, who has the right to an operation somewhere; throws FORBIDDEN otherwise. */
export function callerFor(operation: Operation, { caller }: AdministrationContext): Caller {
  requireRight(operation, caller);
  invariant(caller, 'an operation that is not for everybody has a caller');
  return caller;
}

/** What is wrong with the way that the items are named; with any, there is no request. */
export function itemsMistakes({ items, filter }: ClassifyItemsInput): UserError[] {
  if (Boolean(items) !== Boolean(filter)) return [];
  return [mistake('INVALID', '须给出 items 或 filter，且只能给出一个', ['items'])];
}

/** The request that an input stands for. */
export function requestOf(input: ClassifyItemsInput, context: AdministrationContext): ClassificationRequest {
  const { items, filter, add, remove, set, reason } = input;
  return {
    add,
    remove,
    set: set ?? {},
    reason,
    items: async () => {
      if (items) return items;
      // Within the transaction that changes them nothing else is committed, so this is what it will find.
      await context.administration.advance();
      const { snapshot } = context.live.current;
      const selection = new Selection(snapshot, filterConditions(snapshot, filter ?? {}, context.caller));
      const bounds = { after: null, before: null, size: mostItems + 1, fromEnd: false };
      return selection.page('CODE', 'ASC', bounds).items.map(({ code }) => ({ code, version: null }));
    },
  };
}

/** Mistakes with paths into the input: an item that a filter found has no place of its own there. */
export function inputMistakes({ items }: ClassifyItemsInput, mistakes: readonly UserError[]): UserError[] {
  return mistakes.map((found) =>
    items || found.path[0] !== 'items' ? found : { ...found, path: ['filter'] },
  );
}
