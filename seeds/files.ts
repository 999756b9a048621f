/** The data files of this folder as one value, checked cell by cell. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DirectoryRecords } from '../src/catalog/directory.store';
import { emptyGuide } from '../src/catalog/guide';
import { audiences, handlingModes, type HandlingMode, itemKinds } from '../src/catalog/item-enums';
import type { ItemDraft } from '../src/catalog/item-state';
import { parseOpeningHours } from '../src/catalog/opening-hours';
import { outletLevels } from '../src/catalog/outlet';
import { type Line, readTable, seedsFolder } from './table';

/** The catalog as the data files hold it. */
export interface SeedCatalog {
  /** What a reader must know of the data: that it is sample data. */
  readonly notice: string;
  readonly domains: readonly DirectoryRecords['domain'][];
  readonly departments: readonly DirectoryRecords['department'][];
  readonly windows: readonly DirectoryRecords['window'][];
  readonly outlets: readonly DirectoryRecords['outlet'][];
  readonly kiosks: readonly DirectoryRecords['kiosk'][];
  readonly items: readonly ItemDraft[];
  readonly lifeEvents: readonly DirectoryRecords['lifeEvent'][];
}

/** The figures of the county's report, of which the database is counted to be the equal. */
export interface ReportFigures {
  readonly domains: number;
  readonly windows: number;
  readonly items: number;
  readonly modes: Readonly<Record<HandlingMode, number>>;
  readonly byDomain: Readonly<
    Record<string, { windows: number; items: number; modes: Readonly<Record<HandlingMode, number>> }>
  >;
}

const itemColumns = [
  'code',
  'name',
  'kind',
  'audiences',
  'window',
  'department',
  'modes',
  'legalWorkingDays',
  'promisedWorkingDays',
  'onSiteVisits',
  'fee',
  'onlineUrl',
  'outlets',
  'kiosks',
  'summary',
] as const;

/** Reads the report's figures. */
export function readReport(): ReportFigures {
  return readJson('report-2023.json') as ReportFigures;
}

/** Reads and checks all data files. */
export function readSeeds(): SeedCatalog {
  const { notice } = readJson('catalog.json') as { notice: string };
  const domains = readTable('domains.tsv', ['code', 'name', 'nameEn', 'description']).map((line) => ({
    code: line.text('code'),
    name: line.text('name'),
    nameEn: line.text('nameEn'),
    description: line.optionalText('description'),
  }));
  const departments = readTable('departments.tsv', ['code', 'name']).map((line) => ({
    code: line.text('code'),
    name: line.text('name'),
  }));
  const windows = readTable('windows.tsv', [
    'code',
    'domain',
    'name',
    'hall',
    'counter',
    'openingHours',
    'phone',
  ]).map((line) => ({
    code: line.text('code'),
    name: line.text('name'),
    domainCode: line.text('domain'),
    hall: line.text('hall'),
    counter: line.text('counter'),
    openingHours: line.parse('openingHours', parseOpeningHours),
    phone: line.optionalText('phone'),
    retired: false,
  }));
  const outlets = readOutlets();
  const kiosks = readKiosks();
  const codeByName = new Map(departments.map(({ name, code }) => [name, code]));
  const townships = outlets.filter(({ level }) => level === 'TOWNSHIP').map(({ code }) => code);
  const items = domains.flatMap(({ code }) =>
    readTable(`items/${code}.tsv`, itemColumns).map((line) => readItem(line, codeByName, townships)),
  );
  return { notice, domains, departments, windows, outlets, kiosks, items, lifeEvents: readLifeEvents(items) };
}

function readOutlets(): DirectoryRecords['outlet'][] {
  const columns = [
    'code',
    'name',
    'level',
    'township',
    'latitude',
    'longitude',
    'phone',
    'openingHours',
  ] as const;
  return readTable('outlets.tsv', columns).map((line) => ({
    code: line.text('code'),
    name: line.text('name'),
    level: line.oneOf('level', outletLevels),
    township: line.text('township'),
    latitude: line.number('latitude'),
    longitude: line.number('longitude'),
    phone: line.optionalText('phone'),
    openingHours: line.parse('openingHours', parseOpeningHours),
    retired: false,
  }));
}

function readKiosks(): DirectoryRecords['kiosk'][] {
  const columns = ['code', 'name', 'address', 'latitude', 'longitude', 'openingHours'] as const;
  return readTable('kiosks.tsv', columns).map((line) => ({
    code: line.text('code'),
    name: line.text('name'),
    address: line.text('address'),
    latitude: line.number('latitude'),
    longitude: line.number('longitude'),
    openingHours: line.parse('openingHours', parseOpeningHours),
    retired: false,
  }));
}

/** One line of an item file; `*` among the outlets stands for every township outlet. */
function readItem(
  line: Line<(typeof itemColumns)[number]>,
  departments: ReadonlyMap<string, string>,
  townships: readonly string[],
): ItemDraft {
  const department = departments.get(line.text('department'));
  const members = <T extends string>(column: 'audiences' | 'modes', known: readonly T[]) =>
    line.list(column).map((value) => {
      const member = known.find((candidate) => candidate === value);
      return member ?? line.fault(column, `has "${value}", wanted some of ${known.join(', ')}`);
    });
  return {
    code: line.text('code'),
    name: line.text('name'),
    summary: line.text('summary'),
    kind: line.oneOf('kind', itemKinds),
    status: 'PUBLISHED',
    audiences: members('audiences', audiences),
    window: line.text('window'),
    department: department ?? line.fault('department', 'is not in departments.tsv'),
    modes: members('modes', handlingModes),
    legalWorkingDays: line.optionalNumber('legalWorkingDays'),
    promisedWorkingDays: line.number('promisedWorkingDays'),
    onSiteVisits: line.number('onSiteVisits'),
    fee: line.optionalText('fee'),
    onlineUrl: line.optionalText('onlineUrl'),
    outlets: line.list('outlets').flatMap((code) => (code === '*' ? townships : [code])),
    kiosks: line.list('kiosks'),
    ...emptyGuide,
  };
}

/** Life events name their items by name, which a reader can check; the name must be that of an item. */
function readLifeEvents(items: readonly ItemDraft[]): DirectoryRecords['lifeEvent'][] {
  const codeByName = new Map(items.map(({ name, code }) => [name, code]));
  const columns = ['code', 'name', 'audience', 'summary', 'items'] as const;
  return readTable('life-events.tsv', columns).map((line) => ({
    code: line.text('code'),
    name: line.text('name'),
    summary: line.text('summary'),
    audience: line.oneOf('audience', audiences),
    retired: false,
    itemCodes: line
      .list('items')
      .map((name) => codeByName.get(name) ?? line.fault('items', `"${name}" is the name of no item`)),
  }));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(seedsFolder, file), 'utf8'));
}
