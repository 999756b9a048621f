/** Everything that a cell may refer to by code or by name: departments, windows, outlets, kiosks and domains. */
import type { EntityManager } from 'typeorm';
import type { OutletLevel } from '../catalog/outlet';
import { narrow } from './cell-values';
import { FileFaultError } from './sheet';

interface Named {
  readonly code: string;
  readonly name: string;
}

/** The things of one kind. */
export class Lookup<T extends Named = Named> {
  private readonly byCode: ReadonlyMap<string, T>;
  private readonly byName: ReadonlyMap<string, T>;
  /** By name in half-width characters; null where that is ambiguous. */
  private readonly byNarrowName = new Map<string, T | null>();

  constructor(readonly all: readonly T[]) {
    this.byCode = new Map(all.map((thing) => [thing.code, thing]));
    this.byName = new Map(all.map((thing) => [thing.name, thing]));
    for (const thing of all) {
      const key = narrow(thing.name);
      this.byNarrowName.set(key, this.byNarrowName.has(key) ? null : thing);
    }
  }

  /** The thing of a code. */
  get(code: string): T | undefined {
    return this.byCode.get(code);
  }

  /** The thing that a text names, by code or by name. */
  find(text: string): T | undefined {
    return (
      this.byCode.get(text) ??
      this.byName.get(text) ??
      this.byCode.get(narrow(text).toUpperCase()) ??
      this.byNarrowName.get(narrow(text)) ??
      undefined
    );
  }
}

/** What the catalog has to refer to. */
export class Places {
  constructor(
    readonly domains: Lookup,
    readonly departments: Lookup,
    readonly windows: Lookup<Named & { readonly domain: string }>,
    readonly outlets: Lookup<Named & { readonly level: OutletLevel }>,
    readonly kiosks: Lookup,
  ) {}

  /** Throws a FileFaultError that names the first of some codes which is not a domain's. */
  refuseUnknownDomains(codes: readonly string[]): void {
    const unknown = codes.find((code) => !this.domains.get(code));
    if (unknown !== undefined) throw new FileFaultError(`没有编码为“${unknown}”的领域`);
  }
}

/** Reads them within the caller's transaction. */
export async function readPlaces(manager: EntityManager): Promise<Places> {
  const read = <T extends Named>(columns: string, table: string) =>
    manager.query<T[]>(`SELECT code, name${columns} FROM ${table} ORDER BY code`);
  return new Places(
    new Lookup(await read('', 'service_domain')),
    new Lookup(await read('', 'department')),
    new Lookup(await read(', domain_code AS domain', 'service_window')),
    new Lookup(await read(', level', 'outlet')),
    new Lookup(await read('', 'kiosk')),
  );
}
