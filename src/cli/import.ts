import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { reportLines } from '../exchange/import-report';
import { importItems } from '../exchange/item.import';
import { OperatorError } from '../lib/errors';
import { type Command, parseArguments } from './command';
import { asOperator, operator, reasonOf } from './exchange';

const usage = 'FILE.xlsx|csv [--dry-run] [--domain CODE]… [--reason TEXT]';

export const importCommand: Command = {
  summary: 'imports a sheet of items, as one revision; with --dry-run tells only what would happen',
  usage,
  run: async ({ args, openDatabase, print }) => {
    const { values, positionals } = parseArguments(
      {
        args: [...args],
        allowPositionals: true,
        options: {
          'dry-run': { type: 'boolean', default: false },
          domain: { type: 'string', multiple: true, default: [] },
          reason: { type: 'string' },
        },
      },
      `import ${usage}`,
    );
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0)
      throw new OperatorError(`Usage: npm run cli -- import ${usage}`);
    const reason = reasonOf(values.reason, `从表格导入（${basename(file).slice(0, 200)}）`);
    const dataSource = await openDatabase();
    const report = await asOperator(() =>
      importItems(dataSource, createReadStream(file), {
        caller: operator(),
        reason,
        dryRun: values['dry-run'],
        domains: values.domain,
        mayChangeModes: true,
      }),
    );
    for (const line of reportLines(report)) print(line);
    return report.faults.count === 0;
  },
};
