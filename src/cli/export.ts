import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { exportItems } from '../exchange/item.export';
import { sheetFormats } from '../exchange/sheet';
import { OperatorError } from '../lib/errors';
import { type Command, parseArguments } from './command';
import { asOperator, operator } from './exchange';

const usage = '[FILE.xlsx|csv] [--domain CODE]…';

export const exportCommand: Command = {
  summary: 'writes the items to a sheet, or as CSV to standard output',
  usage,
  run: async ({ args, openDatabase, print }) => {
    const { values, positionals } = parseArguments(
      {
        args: [...args],
        allowPositionals: true,
        options: { domain: { type: 'string', multiple: true, default: [] } },
      },
      `export ${usage}`,
    );
    const [file, ...more] = positionals;
    const format = sheetFormats.find((known) => (file ?? '.csv').toLowerCase().endsWith(`.${known}`));
    if (!format || more.length > 0) throw new OperatorError(`Usage: npm run cli -- export ${usage}`);
    const dataSource = await openDatabase();
    const { items, revision } = await asOperator(() =>
      exportItems(dataSource, file === undefined ? standardOutput() : createWriteStream(file), {
        format,
        caller: operator(),
        domains: values.domain,
      }),
    );
    if (file !== undefined) print(`Wrote ${items} items of revision ${revision} to ${file}.`);
    return true;
  },
};

/** Standard output as a stream that may be ended: the process's own may not. */
function standardOutput(): Writable {
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => void process.stdout.write(chunk, done),
  });
}
