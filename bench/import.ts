/**
 * `npm run bench:import`: seconds and peak memory of importing and exporting 1,454 and 100,000 items, as workbook and
 * as CSV, on a private database that is thrown away. Each figure comes from a process of its own.
 */
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readSeeds } from '../seeds/files';
import { seedCatalog } from '../seeds/load';
import { kindDigits } from '../src/catalog/item-code';
import type { ItemDraft } from '../src/catalog/item-state';
import type { DatabaseAddress } from '../src/database/address';
import { openDataSource } from '../src/database/data-source';
import { startLocalServer } from '../src/database/local-server';
import { writeCsv } from '../src/exchange/csv.writer';
import { exportItems } from '../src/exchange/item.export';
import { importItems } from '../src/exchange/item.import';
import { itemColumns } from '../src/exchange/item.columns';
import { type Places, readPlaces } from '../src/exchange/places';
import { type SheetFormat, sheetFormats } from '../src/exchange/sheet';
import { writeXlsx } from '../src/exchange/xlsx.writer';
import { openLog } from '../src/lib/log';
import { model } from '../src/model';

const caller = { id: 'bench', name: 'bench', roles: ['ADMINISTRATOR'], domains: [] } as const;

/** What a child process is to do; it prints its figures as JSON. */
interface Task {
  readonly address: DatabaseAddress;
  readonly file: string;
  readonly format: SheetFormat;
  readonly what: 'import' | 'export';
}

async function perform({ address, file, format, what }: Task): Promise<void> {
  const dataSource = await openDataSource({ address, model });
  const began = performance.now();
  let outcome: string;
  if (what === 'import') {
    const report = await importItems(dataSource, createReadStream(file), {
      caller,
      reason: '测量导入',
      dryRun: false,
      domains: [],
      mayChangeModes: true,
    });
    const { created, changed, unchanged, faults } = report;
    outcome = `${created.count} new, ${changed.count} changed, ${unchanged} unchanged, ${faults.count} faults`;
    for (const fault of faults.first.slice(0, 3)) outcome += `\n${JSON.stringify(fault)}`;
  } else {
    const { items } = await exportItems(dataSource, createWriteStream(file), { format, caller, domains: [] });
    outcome = `${items} items`;
  }
  const seconds = (performance.now() - began) / 1000;
  await dataSource.destroy();
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(JSON.stringify({ seconds, megabytes, outcome }));
}

/** Items like those of the seeds, with codes and names of their own; `round` tells one state of them from another. */
function* drafts(count: number, round: number): Generator<ItemDraft> {
  const seeds = readSeeds().items;
  for (let i = 0; i < count; i++) {
    const seed = seeds[i % seeds.length];
    if (!seed) return;
    const code = `${seed.department}436${kindDigits[seed.kind]}${String(i).padStart(5, '0')}000`;
    const summary = `第${i}号事项的说明，第${round}版。`;
    yield { ...seed, code, name: `${seed.name}（第${i}号）`, summary };
  }
}

/** CSV is not compressed: to have 100,000 rows in 20 MB, it has only the columns that a county must fill. */
const narrowColumns = [
  'code',
  'name',
  'window',
  'department',
  'IMMEDIATE',
  'SINGLE_VISIT',
  'promisedWorkingDays',
];

async function writeSheet(
  file: string,
  format: SheetFormat,
  items: Iterable<ItemDraft>,
  places: Places,
): Promise<void> {
  const columns = itemColumns.filter(
    ({ key }) => format === 'xlsx' || [...narrowColumns, 'summary'].includes(key),
  );
  async function* rows() {
    yield columns.map(({ header }) => header);
    for (const item of items) {
      yield columns.map(({ key, write }) =>
        format === 'csv' && key === 'department' ? item.department : write(item, places),
      );
    }
  }
  const bytes = format === 'xlsx' ? writeXlsx(rows(), columns, new Date(0)) : Readable.from(writeCsv(rows()));
  await pipeline(bytes, createWriteStream(file));
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'one-window-bench-'));
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const programFolders = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin'];
  say('| items | format | MB | step | seconds | peak MB | outcome |\n|---|---|---|---|---|---|---|');
  try {
    for (const count of [1_454, 100_000]) {
      for (const format of sheetFormats) {
        const dataDir = join(folder, `${count}-${format}`);
        const log = openLog('error', 'json');
        const server = await startLocalServer({ dataDir, database: 'bench', programFolders, log });
        const dataSource = await openDataSource({ address: server.address, model });
        await dataSource.runMigrations();
        await seedCatalog(dataSource);
        const places = await readPlaces(dataSource.manager);
        await dataSource.destroy();
        const files = [0, 1].map((round) => join(folder, `${count}-${round}.${format}`));
        const [first = '', second = ''] = files;
        for (const [round, file] of files.entries())
          await writeSheet(file, format, drafts(count, round), places);
        const steps: readonly [string, 'import' | 'export', string][] = [
          ['import, all new', 'import', first],
          ['import, all unchanged', 'import', first],
          ['import, all changed', 'import', second],
          ['export', 'export', join(folder, `out.${format}`)],
        ];
        for (const [name, what, file] of steps) {
          const task: Task = { address: server.address, file, format, what };
          const answer = execFileSync(process.execPath, [__filename, JSON.stringify(task)], {
            encoding: 'utf8',
          });
          const { seconds, megabytes, outcome } = JSON.parse(answer) as Record<string, number | string>;
          const size = (statSync(file).size / 1024 / 1024).toFixed(1);
          say(
            `| ${count} | ${format} | ${size} | ${name} | ${Number(seconds).toFixed(1)} | ${megabytes} | ${outcome} |`,
          );
        }
        await server.stop();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const task = process.argv[2];
(task ? perform(JSON.parse(task) as Task) : main()).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
});
