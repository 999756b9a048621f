/** 分面: counts over a whole result, for the choices beside a list. */
import { Field, Int, ObjectType } from 'type-graphql';
import { Department } from '../catalog/department';
import { ServiceDomain } from '../catalog/domain';
import {
  type Audience,
  AudienceEnum,
  audiences,
  itemKinds,
  type ServiceItemKind,
  ServiceItemKindEnum,
} from '../catalog/item-enums';
import { ServiceWindow } from '../catalog/window';
import { ModeCount, modeCounts } from './mode-count';
import type { Selection } from './selection';
import type { Dimension } from './snapshot';

@ObjectType({ description: 'How many items of the result belong to a domain.' })
export class DomainFacet {
  @Field(() => ServiceDomain, { description: '领域.' })
  domain!: ServiceDomain;

  @Field(() => Int, { description: 'At least 1.' })
  count!: number;
}

@ObjectType({ description: 'How many items of the result belong to a window.' })
export class WindowFacet {
  @Field(() => ServiceWindow, { description: '综合窗口.' })
  window!: ServiceWindow;

  @Field(() => Int, { description: 'At least 1.' })
  count!: number;
}

@ObjectType({ description: 'How many items of the result a department handles.' })
export class DepartmentFacet {
  @Field(() => Department, { description: '实施主体.' })
  department!: Department;

  @Field(() => Int, { description: 'At least 1.' })
  count!: number;
}

@ObjectType({ description: 'How many items of the result are of a kind.' })
export class KindFacet {
  @Field(() => ServiceItemKindEnum, { description: '事项类型.' })
  kind!: ServiceItemKind;

  @Field(() => Int, { description: 'At least 1.' })
  count!: number;
}

@ObjectType({ description: 'How many items of the result serve an audience.' })
export class AudienceFacet {
  @Field(() => AudienceEnum, { description: '服务对象.' })
  audience!: Audience;

  @Field(() => Int, { description: 'At least 1; an item that serves both is counted in both.' })
  count!: number;
}

@ObjectType({
  description:
    'Counts over the whole result, not the page. A dimension whose codes are ORed (domain, window, department, kind, audience) is counted with its own condition lifted, so that a portal can show the other choices; modes are counted under the full condition. Values with count 0 are left out, save in modes.',
})
export class ServiceItemFacets {
  constructor(private readonly selection: Selection) {}

  @Field(() => [ModeCount], { description: 'By mode, in the order of the enum.' })
  modes(): ModeCount[] {
    return modeCounts(this.selection);
  }

  @Field(() => [DomainFacet], { description: 'By domain, in order of code.' })
  domains(): DomainFacet[] {
    return this.byRecord('domain', this.selection.snapshot.directory.domains).map(([domain, count]) => ({
      domain,
      count,
    }));
  }

  @Field(() => [WindowFacet], { description: 'By window, in order of code.' })
  windows(): WindowFacet[] {
    return this.byRecord('window', this.selection.snapshot.directory.windows).map(([window, count]) => ({
      window,
      count,
    }));
  }

  @Field(() => [DepartmentFacet], { description: 'By department, in order of code.' })
  departments(): DepartmentFacet[] {
    const { departments } = this.selection.snapshot.directory;
    return this.byRecord('department', departments).map(([department, count]) => ({ department, count }));
  }

  @Field(() => [KindFacet], { description: 'By kind, in the order of the enum.' })
  kinds(): KindFacet[] {
    return this.byValue('kind', itemKinds).map(([kind, count]) => ({ kind, count }));
  }

  @Field(() => [AudienceFacet], { description: 'By audience, in the order of the enum.' })
  audiences(): AudienceFacet[] {
    return this.byValue('audience', audiences).map(([audience, count]) => ({ audience, count }));
  }

  private byValue<T extends string>(dimension: Dimension, values: readonly T[]): [T, number][] {
    const counts = this.selection.countLifted(dimension, values);
    return values.flatMap((value): [T, number][] => {
      const count = counts.get(value) ?? 0;
      return count === 0 ? [] : [[value, count]];
    });
  }

  private byRecord<T extends { code: string }>(dimension: Dimension, records: readonly T[]): [T, number][] {
    const byCode = new Map(records.map((record) => [record.code, record]));
    return this.byValue(dimension, [...byCode.keys()]).flatMap(([code, count]): [T, number][] => {
      const record = byCode.get(code);
      return record ? [[record, count]] : [];
    });
  }
}
