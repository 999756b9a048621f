import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { reportLines } from '../exchange/import-report';
import { importItems } from '../exchange/item.import';
import type { Command } from './command';
import { asOperator, operator, reasonOf } from './exchange';

export const importCommand: Command = {
  summary:
    'imports a sheet (.xlsx, .csv) of items, as one revision; with --dry-run tells only what would happen',
  options: ['--dry-run'],
  valueOptions: ['--domain', '--reason'],
  words: ['FILE'],
  run: async ({ given, valuesOf, words: [file = ''], openDatabase, print }) => {
    const reason = reasonOf(valuesOf('--reason').at(-1), `从表格导入（${basename(file).slice(0, 200)}）`);
    const dataSource = await openDatabase();
    const report = await asOperator(() =>
      importItems(dataSource, createReadStream(file), {
        caller: operator(),
        reason,
        dryRun: given.has('--dry-run'),
        domains: valuesOf('--domain'),
        mayChangeModes: true,
      }),
    );
    for (const line of reportLines(report)) print(line);
    return report.faults.count === 0;
  },
};
