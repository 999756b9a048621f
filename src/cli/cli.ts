/** The command line: `npm run cli -- COMMAND`. */
import 'reflect-metadata';
import { readConfig } from '../config';
import { type ReachedDatabase, reachDatabase } from '../database/reach';
import { OperatorError } from '../lib/errors';
import { openLog } from '../lib/log';
import { model } from '../model';
import { check } from './check';
import type { Command } from './command';
import { exportCommand } from './export';
import { importCommand } from './import';
import { migrate } from './migrate';
import { revert } from './revert';
import { schema } from './schema';
import { seed } from './seed';

const commands: ReadonlyMap<string, Command> = new Map([
  ['migrate', migrate],
  ['seed', seed],
  ['check', check],
  ['schema', schema],
  ['import', importCommand],
  ['export', exportCommand],
  ['revert', revert],
]);

async function main([name = '', ...rest]: string[]): Promise<void> {
  const command = commands.get(name);
  // A command with a usage of its own reads its arguments itself.
  const unknown = command?.usage ? [] : rest.filter((option) => !command?.options?.includes(option));
  if (!command || unknown.length > 0) {
    const list = [...commands].map(([known, { summary }]) => `  ${known.padEnd(10)}${summary}`);
    throw new OperatorError(['Usage: npm run cli -- COMMAND', ...list].join('\n'));
  }
  const config = readConfig(process.env);
  let reached: ReachedDatabase | null = null;
  const openDatabase = async () => {
    reached ??= await reachDatabase({
      ...config,
      model,
      log: openLog(config.logLevel, config.logFormat),
      join: true,
    });
    return reached.dataSource;
  };
  try {
    const print = (line: string) => void process.stdout.write(`${line}\n`);
    const well = await command.run({ given: new Set(rest), args: rest, openDatabase, print });
    if (!well) process.exitCode = 1;
  } finally {
    await (reached as ReachedDatabase | null)?.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof OperatorError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
});
