import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { readClassificationChanges } from '../classification/change.store';
import { ClassificationChange } from '../classification/classification-change';
import { mostItems } from '../classification/classify';
import { UserError } from '../lib/user-error';
import { ModeCount, modeCounts } from '../search/mode-count';
import { publishedItems } from '../search/selection';
import { ClassifyItemsInput } from './classify.input';
import { callerFor, inputMistakes, itemsMistakes, requestOf } from './classify.request';
import type { AdministrationContext } from './context';

@ObjectType({ description: 'All or nothing: with any userError nothing was changed and revision is null.' })
export class ClassifyItemsPayload {
  @Field(() => [ClassificationChange], { description: 'What changed, in order of item.' })
  changes!: ClassificationChange[];

  @Field(() => Int, { nullable: true, description: 'The new revision; null if nothing was changed.' })
  revision!: number | null;

  @Field(() => [ModeCount], { description: 'Published items by mode before.' })
  before!: ModeCount[];

  @Field(() => [ModeCount], { description: 'Published items by mode after.' })
  after!: ModeCount[];

  @Field(() => [UserError], { description: 'Every mistake; empty if all is well.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'What a change of modes would do.' })
export class ClassificationPreview {
  @Field(() => Int, { description: 'How many items it is about.' })
  itemCount!: number;

  @Field(() => [ModeCount], { description: 'Published items by mode now.' })
  before!: ModeCount[];

  @Field(() => [ModeCount], {
    description: 'Published items by mode afterwards; as now if there is any mistake.',
  })
  after!: ModeCount[];

  @Field(() => [UserError], { description: 'Every mistake that the change would meet.' })
  userErrors!: UserError[];
}

@Resolver()
export class ClassifyResolver {
  @Mutation(() => ClassifyItemsPayload, {
    description:
      'Changes the modes of 1 to 2,000 items at once, in one revision. With review required (the default) only an ADMINISTRATOR may; without it, editors may in their domains. FORBIDDEN otherwise.',
  })
  async classifyItems(
    @Arg('input', () => ClassifyItemsInput, { description: 'What to change, and why.' })
    input: ClassifyItemsInput,
    @Ctx() context: AdministrationContext,
  ): Promise<ClassifyItemsPayload> {
    const { administration, live } = context;
    const operation =
      administration.review === 'off' ? 'Mutation.classifyItems(REVIEW=off)' : 'Mutation.classifyItems';
    const caller = callerFor(operation, context);
    const mistakes = itemsMistakes(input);
    const result =
      mistakes.length > 0
        ? { revision: null, mistakes }
        : await administration.classification.classify(caller, operation, requestOf(input, context));
    context.repin();
    const { revision } = result;
    const counts = async (wanted: number) =>
      modeCounts(publishedItems((await live.at(wanted)) ?? live.current.snapshot));
    const present = live.current.snapshot.revision;
    return {
      revision,
      changes:
        revision === null
          ? []
          : await readClassificationChanges(administration.dataSource, { revision }, null, mostItems),
      before: await counts(revision === null ? present : revision - 1),
      after: await counts(revision ?? present),
      userErrors: mistakes.length > 0 ? mistakes : inputMistakes(input, result.mistakes),
    };
  }

  @Query(() => ClassificationPreview, {
    description: 'What a batch would change, without changing it. Staff only.',
  })
  async classificationPreview(
    @Arg('input', () => ClassifyItemsInput, { description: 'What would be changed, and why.' })
    input: ClassifyItemsInput,
    @Ctx() context: AdministrationContext,
  ): Promise<ClassificationPreview> {
    const { administration, view } = context;
    const caller = callerFor('Query.classificationPreview', context);
    const before = modeCounts(publishedItems(view.snapshot));
    const mistakes = itemsMistakes(input);
    if (mistakes.length > 0) return { itemCount: 0, before, after: before, userErrors: mistakes };
    const request = requestOf(input, context);
    const result = await administration.classification.preview(
      caller,
      'Query.classificationPreview',
      request,
    );
    return {
      itemCount: result.itemCount,
      before,
      after: before.map(({ mode, count }) => ({ mode, count: count + result.difference[mode] })),
      userErrors: inputMistakes(input, result.mistakes),
    };
  }
}
