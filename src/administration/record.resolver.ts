/** The mutations of windows, outlets, kiosks and life events: alike but for their names and fields. */
import { Arg, Ctx, Field, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Operation } from '../access/policy';
import type { Directory } from '../catalog/directory';
import type { DirectoryRecords, VersionedKind } from '../catalog/directory.store';
import { Kiosk } from '../catalog/kiosk';
import { LifeEvent } from '../catalog/life-event';
import { Outlet } from '../catalog/outlet';
import { ServiceWindow } from '../catalog/window';
import { insideInput } from '../classification/editing';
import { UserError } from '../lib/user-error';
import { callerFor } from './classify.request';
import type { AdministrationContext } from './context';
import {
  type OpeningHoursInput,
  KioskInput,
  LifeEventInput,
  OutletInput,
  RetireRecordInput,
  ServiceWindowInput,
} from './record.input';
import { mistake, type WriteResult } from '../classification/mistakes';

/** What makes one noun's mutations different from another's. */
interface Noun<K extends VersionedKind, T extends object, I extends { code: string }> {
  readonly kind: K;
  readonly type: () => new () => T;
  readonly input: () => new () => I;
  /** For descriptions. */
  readonly title: string;
  readonly find: (directory: Directory, code: string) => (T & { readonly retired: boolean }) | undefined;
  readonly fromInput: (input: I) => Omit<DirectoryRecords[K], 'retired'>;
  /** The record as it is stored, to be retired. */
  readonly fromStored: (stored: T) => Omit<DirectoryRecords[K], 'retired'>;
}

/** What one noun's mutations answer, the record under the noun's own name, as `item` is in ServiceItemPayload. */
interface RecordPayload {
  readonly revision: number | null;
  readonly userErrors: UserError[];
}

function payloadType<K extends VersionedKind, T extends object, I extends { code: string }>({
  kind,
  type,
  title,
}: Noun<K, T, I>): new () => RecordPayload {
  @ObjectType(`${type().name}Payload`, { description: `What became of an edit of a ${type().name}.` })
  class Payload implements RecordPayload {
    @Field(() => Int, { nullable: true, description: 'The new revision; null if nothing was changed.' })
    revision!: number | null;

    @Field(() => [UserError], { description: 'Every mistake; with any, nothing was changed.' })
    userErrors!: UserError[];
  }
  const description = `${title} as it is now; null with any mistake.`;
  Field(type, { nullable: true, description })(Payload.prototype, kind);
  return Payload;
}

function recordResolver<K extends VersionedKind, T extends object, I extends { code: string }>(
  noun: Noun<K, T, I>,
) {
  const { kind, title } = noun;
  const name = noun.type().name;

  const Payload = payloadType(noun);

  const finish = async (
    context: AdministrationContext,
    code: string,
    { revision, mistakes }: WriteResult,
  ): Promise<RecordPayload> => {
    context.repin();
    const record = mistakes.length === 0 ? (noun.find(context.directory, code) ?? null) : null;
    return { [kind]: record, revision, userErrors: [...mistakes] };
  };
  const originOf = (verb: string, context: AdministrationContext, reason: string) => {
    const operation = `Mutation.${verb}${name}` as Operation;
    return { operation, caller: callerFor(operation, context), reason };
  };

  @Resolver()
  class RecordResolver {
    @Mutation(() => Payload, { name: `create${name}`, description: `${title}: makes a new one.` })
    async create(
      @Arg('input', noun.input, { description: 'The whole of it.' }) input: I,
      @Arg('reason', () => String, { description: 'Why: 4 to 500 characters.' }) reason: string,
      @Ctx() context: AdministrationContext,
    ): Promise<RecordPayload> {
      const origin = originOf('create', context, reason);
      const record = { ...noun.fromInput(input), retired: false } as DirectoryRecords[K];
      return finish(
        context,
        input.code,
        await context.administration.records.put(origin, kind, record, null),
      );
    }

    @Mutation(() => Payload, {
      name: `update${name}`,
      description: `${title}: replaces every field; version as read. One that was retired is in force again.`,
    })
    async update(
      @Arg('input', noun.input, { description: 'The whole of it.' }) input: I,
      @Arg('version', () => Int, { description: 'The version that the editor saw.' }) version: number,
      @Arg('reason', () => String, { description: 'Why: 4 to 500 characters.' }) reason: string,
      @Ctx() context: AdministrationContext,
    ): Promise<RecordPayload> {
      const origin = originOf('update', context, reason);
      const record = { ...noun.fromInput(input), retired: false } as DirectoryRecords[K];
      return finish(
        context,
        input.code,
        await context.administration.records.put(origin, kind, record, version),
      );
    }

    @Mutation(() => Payload, {
      name: `retire${name}`,
      description: `${title}: retires it, unless items rely on it; it stays in history and in \`node\`.`,
    })
    async retire(
      @Arg('input', () => RetireRecordInput, { description: 'Which one, and why.' }) input: RetireRecordInput,
      @Ctx() context: AdministrationContext,
    ): Promise<RecordPayload> {
      const origin = originOf('retire', context, input.reason);
      await context.administration.advance();
      const stored = noun.find(context.live.current.snapshot.directory, input.code);
      if (!stored) {
        const userErrors = [mistake('NOT_FOUND', `没有编码为${input.code}的记录`, ['input', 'code'])];
        return { revision: null, userErrors };
      }
      const record = { ...noun.fromStored(stored), retired: true } as DirectoryRecords[K];
      const { records } = context.administration;
      return finish(context, input.code, await records.put(origin, kind, record, input.version, insideInput));
    }
  }
  return RecordResolver;
}

/** Plain values, as they are stored. */
function hoursFrom(hours: readonly OpeningHoursInput[]) {
  return hours.map(({ weekday, opens, closes }) => ({ weekday, opens, closes }));
}

export const WindowEditingResolver = recordResolver({
  kind: 'window',
  type: () => ServiceWindow,
  input: () => ServiceWindowInput,
  title: '综合窗口',
  find: (directory, code) => directory.window(code),
  fromInput: ({ code, name, domain, hall, counter, openingHours, phone = null }) => ({
    code,
    name,
    domainCode: domain,
    hall,
    counter,
    openingHours: hoursFrom(openingHours),
    phone,
  }),
  fromStored: ({ code, name, domainCode, hall, counter, openingHours, phone }) => ({
    code,
    name,
    domainCode,
    hall,
    counter,
    openingHours,
    phone,
  }),
});

export const OutletEditingResolver = recordResolver({
  kind: 'outlet',
  type: () => Outlet,
  input: () => OutletInput,
  title: '就近办网点',
  find: (directory, code) => directory.outlet(code),
  fromInput: ({ code, name, level, township, location, openingHours, phone = null }) => ({
    code,
    name,
    level,
    township,
    openingHours: hoursFrom(openingHours),
    phone,
    latitude: location.latitude,
    longitude: location.longitude,
  }),
  fromStored: ({ code, name, level, township, latitude, longitude, openingHours, phone }) => ({
    code,
    name,
    level,
    township,
    latitude,
    longitude,
    openingHours,
    phone,
  }),
});

export const KioskEditingResolver = recordResolver({
  kind: 'kiosk',
  type: () => Kiosk,
  input: () => KioskInput,
  title: '自助终端',
  find: (directory, code) => directory.kiosk(code),
  fromInput: ({ code, name, address, location, openingHours }) => ({
    code,
    name,
    address,
    openingHours: hoursFrom(openingHours),
    latitude: location.latitude,
    longitude: location.longitude,
  }),
  fromStored: ({ code, name, address, latitude, longitude, openingHours }) => ({
    code,
    name,
    address,
    latitude,
    longitude,
    openingHours,
  }),
});

export const LifeEventEditingResolver = recordResolver({
  kind: 'lifeEvent',
  type: () => LifeEvent,
  input: () => LifeEventInput,
  title: '一件事',
  find: (directory, code) => directory.lifeEvent(code),
  fromInput: ({ items, ...same }) => ({ ...same, itemCodes: items }),
  fromStored: ({ code, name, summary, audience, itemCodes }) => ({
    code,
    name,
    summary,
    audience,
    itemCodes,
  }),
});
