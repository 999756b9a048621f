import { Arg, Ctx, Field, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Operation } from '../access/policy';
import { guideOf } from '../catalog/guide';
import { ServiceItem } from '../catalog/item';
import type { ItemDraft } from '../catalog/item-state';
import type { EditOrigin } from '../classification/item.editing';
import { UserError } from '../lib/user-error';
import { callerFor } from './classify.request';
import type { AdministrationContext } from './context';
import { RetireServiceItemInput, ServiceItemInput } from './item.input';
import type { WriteResult } from '../classification/mistakes';

@ObjectType({ description: 'What became of an edit of an item.' })
export class ServiceItemPayload {
  @Field(() => ServiceItem, { nullable: true, description: 'The item as it is now; null with any mistake.' })
  item!: ServiceItem | null;

  @Field(() => Int, { nullable: true, description: 'The new revision; null if nothing was changed.' })
  revision!: number | null;

  @Field(() => [UserError], { description: 'Every mistake; with any, nothing was changed.' })
  userErrors!: UserError[];
}

@Resolver()
export class ItemEditingResolver {
  @Mutation(() => ServiceItemPayload, {
    description: 'Makes a new item, published at once. For editors, in their domains, and administrators.',
  })
  createServiceItem(
    @Arg('input', () => ServiceItemInput, { description: 'The item.' }) input: ServiceItemInput,
    @Arg('reason', () => String, { description: 'Why: 4 to 500 characters.' }) reason: string,
    @Ctx() context: AdministrationContext,
  ): Promise<ServiceItemPayload> {
    const origin = originOf('Mutation.createServiceItem', context, reason);
    return payload(context, input.code, context.administration.items.create(origin, draftFrom(input)));
  }

  @Mutation(() => ServiceItemPayload, {
    description:
      "Replaces the item's fields; version as read. Its status stays. For editors, in their domains, and administrators.",
  })
  updateServiceItem(
    @Arg('input', () => ServiceItemInput, { description: 'The whole item.' }) input: ServiceItemInput,
    @Arg('version', () => Int, { description: 'The version that the editor saw.' }) version: number,
    @Arg('reason', () => String, { description: 'Why: 4 to 500 characters.' }) reason: string,
    @Ctx() context: AdministrationContext,
  ): Promise<ServiceItemPayload> {
    const origin = originOf('Mutation.updateServiceItem', context, reason);
    return payload(
      context,
      input.code,
      context.administration.items.update(origin, draftFrom(input), version),
    );
  }

  @Mutation(() => ServiceItemPayload, {
    description:
      'Replaces the colloquial names of an item, at most 30. For editors, in their domains, and administrators.',
  })
  setServiceItemAliases(
    @Arg('code', () => String, { description: "The item's code." }) code: string,
    @Arg('aliases', () => [String], { description: 'All of them, at most 30.' }) aliases: string[],
    @Arg('version', () => Int, { description: 'The version that the editor saw.' }) version: number,
    @Arg('reason', () => String, { description: 'Why: 4 to 500 characters.' }) reason: string,
    @Ctx() context: AdministrationContext,
  ): Promise<ServiceItemPayload> {
    const origin = originOf('Mutation.setServiceItemAliases', context, reason);
    return payload(context, code, context.administration.items.setAliases(origin, code, aliases, version));
  }

  @Mutation(() => ServiceItemPayload, {
    description:
      'Takes an item out of the catalog; it stays in history and in `node`. For editors, in their domains, and administrators.',
  })
  retireServiceItem(
    @Arg('input', () => RetireServiceItemInput, { description: 'Which one, and why.' })
    input: RetireServiceItemInput,
    @Ctx() context: AdministrationContext,
  ): Promise<ServiceItemPayload> {
    const origin = originOf('Mutation.retireServiceItem', context, input.reason);
    return payload(
      context,
      input.code,
      context.administration.items.retire(origin, input.code, input.version),
    );
  }
}

function originOf(operation: Operation, context: AdministrationContext, reason: string): EditOrigin {
  return { operation, caller: callerFor(operation, context), reason };
}

async function payload(
  context: AdministrationContext,
  code: string,
  editing: Promise<WriteResult>,
): Promise<ServiceItemPayload> {
  const { revision, mistakes } = await editing;
  context.repin();
  return {
    item: mistakes.length === 0 ? await context.findItem(code) : null,
    revision,
    userErrors: [...mistakes],
  };
}

function draftFrom(input: ServiceItemInput): Omit<ItemDraft, 'status'> {
  const { legalWorkingDays = null, fee = null, onlineUrl = null, materials, legalBases, ...same } = input;
  const guide = guideOf({
    ...same,
    materials: materials.map(({ source = null, note = null, ...material }) => ({
      ...material,
      source,
      note,
    })),
    legalBases: legalBases.map(({ title, article = null }) => ({ title, article })),
  });
  return { ...same, ...guide, legalWorkingDays, fee, onlineUrl };
}
