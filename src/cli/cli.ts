/** The command line: `npm run cli -- COMMAND`. */
import 'reflect-metadata';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readConfig } from '../config';
import { type ReachedDatabase, reachDatabase } from '../database/reach';
import { OperatorError } from '../lib/errors';
import { openLog } from '../lib/log';
import { model } from '../model';
import { auditVerify } from './audit';
import { check } from './check';
import type { Command, CommandContext } from './command';
import { exportCommand } from './export';
import { importCommand } from './import';
import { migrate } from './migrate';
import { revert } from './revert';
import { schema } from './schema';
import { seed } from './seed';
import { tokenCreate, tokenList, tokenRevoke } from './token';

const commands: ReadonlyMap<string, Command> = new Map([
  ['migrate', migrate],
  ['seed', seed],
  ['check', check],
  ['audit verify', auditVerify],
  ['schema', schema],
  ['token create', tokenCreate],
  ['token list', tokenList],
  ['token revoke', tokenRevoke],
  ['import', importCommand],
  ['export', exportCommand],
  ['revert', revert],
]);

type Given = Pick<CommandContext, 'given' | 'valuesOf' | 'words'>;

/** The command that some arguments name, by one word or two, and what they give it. */
function chooseCommand(args: readonly string[]): { command: Command; given: Given } {
  for (const length of [2, 1]) {
    const command = commands.get(args.slice(0, length).join(' '));
    if (command) return { command, given: readGiven(command, args.slice(length)) };
  }
  throw new OperatorError(usage());
}

function readGiven({ options = [], valueOptions = [], words = [] }: Command, args: string[]): Given {
  const known: NonNullable<ParseArgsConfig['options']> = {};
  for (const name of options) known[name.slice(2)] = { type: 'boolean' };
  for (const name of valueOptions) known[name.slice(2)] = { type: 'string', multiple: true };
  try {
    const { values, positionals } = parseArgs({ args, options: known, allowPositionals: true });
    const needed = words.filter((word) => !word.startsWith('[')).length;
    if (positionals.length < needed || positionals.length > words.length) {
      throw new Error(`Wanted ${words.join(' ') || 'no further word'}, not "${positionals.join(' ')}"`);
    }
    return {
      given: new Set(Object.keys(values).map((name) => `--${name}`)),
      valuesOf: (option) => [values[option.slice(2)]].flat().filter((value) => typeof value === 'string'),
      words: positionals,
    };
  } catch (error) {
    throw new OperatorError(`${(error as Error).message}\n${usage()}`);
  }
}

function usage(): string {
  const list = [...commands].map(([name, { summary, words = [] }]) => {
    const call = [name, ...words].join(' ');
    return `  ${call.padEnd(17)}${summary}`;
  });
  return ['Usage: npm run cli -- COMMAND', ...list].join('\n');
}

async function main(args: string[]): Promise<void> {
  const { command, given } = chooseCommand(args);
  const config = readConfig(process.env);
  let reached: ReachedDatabase | null = null;
  const openDatabase = async () => {
    reached ??= await reachDatabase({
      ...config,
      model,
      log: openLog(config.logLevel, config.logFormat, 'stderr'),
      join: true,
    });
    return reached.dataSource;
  };
  try {
    const print = (line: string) => void process.stdout.write(`${line}\n`);
    const remark = (line: string) => void process.stderr.write(`${line}\n`);
    const well = await command.run({ ...given, openDatabase, print, remark });
    if (!well) process.exitCode = 1;
  } finally {
    await (reached as ReachedDatabase | null)?.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof OperatorError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
});
