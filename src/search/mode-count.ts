import { Field, Int, ObjectType } from 'type-graphql';
import { type HandlingMode, HandlingModeEnum, handlingModes } from '../catalog/item-enums';
import type { Selection } from './selection';

@ObjectType({
  simpleResolvers: true,
  description:
    'How many items carry a mode. All five modes are always present, in the order of the enum, also where the count is 0.',
})
export class ModeCount {
  @Field(() => HandlingModeEnum, { description: '五办.' })
  mode!: HandlingMode;

  @Field(() => Int, { description: 'Items that carry it.' })
  count!: number;
}

/** The counts of all five modes over a selection. */
export function modeCounts(selection: Selection): ModeCount[] {
  const counts = selection.countWithin('mode', handlingModes);
  return handlingModes.map((mode) => ({ mode, count: counts.get(mode) ?? 0 }));
}
