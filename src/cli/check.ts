/**
 * Compares the data files and the database with the figures of the county's report, checks every code, and reports
 * what breaks a rule of the modes. Every figure is counted from lines or rows.
 */
import type { EntityManager } from 'typeorm';
import { readReport, readSeeds, type ReportFigures, type SeedCatalog } from '../../seeds/files';
import { creditCodeFault, kindDigits, parseItemCode } from '../catalog/item-code';
import { handlingModes, type HandlingMode } from '../catalog/item-enums';
import { draftFaults, type ItemDraft } from '../catalog/item-state';
import { readItemStates } from '../catalog/item.store';
import { breaches, type Severity } from '../classification/rules';
import { readConsistently } from '../database/transaction';
import type { Command } from './command';

/** What is compared: items and where they belong. */
interface Counted {
  readonly items: readonly ItemDraft[];
  readonly departments: readonly { code: string }[];
  readonly windows: readonly { code: string; domainCode: string }[];
}

export const check: Command = {
  summary: "checks data files and database against the report's figures, the codes and the rules",
  run: async ({ openDatabase, print }) => {
    const report = readReport();
    const seeds = readSeeds();
    const stored = await readConsistently(await openDatabase(), readCounted);
    const problems = [
      ...compare('data files', report, figuresOf(seeds)),
      ...compare('database', report, figuresOf(stored)),
      ...itemProblems('data files', seeds),
      ...itemProblems('database', stored),
    ];
    for (const line of figureTable(report, seeds, stored)) print(line);
    print('');
    for (const [place, { items }] of Object.entries({ 'data files': seeds, database: stored })) {
      print(`${place}: ${findingCounts(items)}`);
    }
    for (const problem of problems) print(`✗ ${problem}`);
    print(problems.length === 0 ? '✓ everything agrees' : `${problems.length} problems`);
    return problems.length === 0;
  },
};

async function readCounted(manager: EntityManager): Promise<Counted> {
  return {
    items: [...(await readItemStates(manager, 'all')).values()].filter(
      ({ status }) => status === 'PUBLISHED',
    ),
    departments: await manager.query('SELECT code FROM department'),
    windows: await manager.query(
      'SELECT code, domain_code AS domainCode FROM service_window WHERE retired = 0',
    ),
  };
}

/** A row of figures: windows, items, and items by mode. */
type Figures = { windows: number; items: number; modes: Record<HandlingMode, number> };

function figuresOf({ items, windows }: Counted | SeedCatalog): Map<string, Figures> {
  const domainOf = new Map(windows.map(({ code, domainCode }) => [code, domainCode]));
  const figures = new Map<string, Figures>();
  const row = (domain: string): Figures => {
    const known = figures.get(domain) ?? { windows: 0, items: 0, modes: noModes() };
    figures.set(domain, known);
    return known;
  };
  for (const { domainCode } of windows) row(domainCode).windows++;
  for (const { window, modes } of items) {
    const figure = row(domainOf.get(window) ?? '?');
    figure.items++;
    for (const mode of modes) figure.modes[mode]++;
  }
  return figures;
}

function noModes(): Record<HandlingMode, number> {
  return Object.fromEntries(handlingModes.map((mode) => [mode, 0])) as Record<HandlingMode, number>;
}

function total(figures: ReadonlyMap<string, Figures>): Figures {
  const sum: Figures = { windows: 0, items: 0, modes: noModes() };
  for (const { windows, items, modes } of figures.values()) {
    sum.windows += windows;
    sum.items += items;
    for (const mode of handlingModes) sum.modes[mode] += modes[mode];
  }
  return sum;
}

function cells({ windows, items, modes }: Figures): number[] {
  return [windows, items, ...handlingModes.map((mode) => modes[mode])];
}

const columns = ['windows', 'items', ...handlingModes];

function compare(place: string, report: ReportFigures, counted: ReadonlyMap<string, Figures>): string[] {
  const problems: string[] = [];
  const differ = (what: string, wanted: Figures, found: Figures | undefined) => {
    const have = found ? cells(found) : [];
    cells(wanted).forEach((figure, i) => {
      if (have[i] !== figure)
        problems.push(`${place}: ${what} ${columns[i]} is ${have[i] ?? 0}, the report has ${figure}`);
    });
  };
  if (counted.size !== report.domains)
    problems.push(`${place}: ${counted.size} domains, the report has ${report.domains}`);
  differ('total', report, total(counted));
  for (const [code, wanted] of Object.entries(report.byDomain)) differ(code, wanted, counted.get(code));
  return problems;
}

function itemProblems(place: string, { items, departments }: Counted | SeedCatalog): string[] {
  const problems: string[] = [];
  const names = new Map<string, string>();
  for (const { code } of departments) {
    const fault = creditCodeFault(code);
    if (fault) problems.push(`${place}: department ${code} ${fault}`);
  }
  for (const item of items) {
    const say = (problem: string) => problems.push(`${place}: ${item.code} ${item.name}: ${problem}`);
    for (const { field, message } of draftFaults(item)) say(`${field} ${message}`);
    for (const { severity, rule, message } of breaches(item))
      if (severity === 'ERROR') say(`${rule}: ${message}`);
    const parts = parseItemCode(item.code);
    if ('kind' in parts && parts.kind !== kindDigits[item.kind]) say(`kind ${item.kind} has another code`);
    if ('creditCode' in parts && parts.creditCode !== item.department)
      say('the code is of another department');
    const twin = names.get(item.name);
    if (twin) say(`has the name of ${twin}`);
    names.set(item.name, item.code);
  }
  return problems;
}

function findingCounts(items: readonly ItemDraft[]): string {
  const counts: Record<Severity, number> = { ERROR: 0, WARNING: 0, INFORMATION: 0 };
  for (const item of items) for (const { severity } of breaches(item)) counts[severity]++;
  return Object.entries(counts)
    .map(([severity, count]) => `${count} ${severity}`)
    .join(', ');
}

function figureTable(report: ReportFigures, seeds: SeedCatalog, stored: Counted): string[] {
  const inFiles = figuresOf(seeds);
  const inDatabase = figuresOf(stored);
  const line = (label: string, figures: readonly (readonly number[])[]) => {
    const triples = columns.map((_, i) => figures.map((row) => row[i] ?? 0).join('/'));
    return label.padEnd(7) + triples.map((text) => text.padStart(16)).join('');
  };
  const none: Figures = { windows: 0, items: 0, modes: noModes() };
  return [
    'report / data files / database',
    ''.padEnd(7) + columns.map((column) => column.padStart(16)).join(''),
    ...Object.entries(report.byDomain).map(([code, wanted]) =>
      line(code, [cells(wanted), cells(inFiles.get(code) ?? none), cells(inDatabase.get(code) ?? none)]),
    ),
    line('total', [cells(report), cells(total(inFiles)), cells(total(inDatabase))]),
  ];
}
