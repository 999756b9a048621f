import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { exportItems } from '../exchange/item.export';
import { sheetFormats } from '../exchange/sheet';
import { OperatorError } from '../lib/errors';
import type { Command } from './command';
import { asOperator, operator } from './exchange';

export const exportCommand: Command = {
  summary: 'writes the items to a sheet (.xlsx, .csv), or as CSV to standard output',
  valueOptions: ['--domain'],
  words: ['[FILE]'],
  run: async ({ valuesOf, words: [file], openDatabase, print }) => {
    const format = sheetFormats.find((known) => (file ?? '.csv').toLowerCase().endsWith(`.${known}`));
    if (!format) throw new OperatorError(`Wanted a file whose name ends with .xlsx or .csv, not "${file}"`);
    const dataSource = await openDatabase();
    const { items, revision } = await asOperator(() =>
      exportItems(dataSource, file === undefined ? standardOutput() : createWriteStream(file), {
        format,
        caller: operator(),
        domains: valuesOf('--domain'),
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
