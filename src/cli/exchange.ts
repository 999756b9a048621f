/** What the three commands that exchange sheets have in common. */
import { userInfo } from 'node:os';
import type { Caller } from '../access/caller';
import { FileFaultError } from '../exchange/sheet';
import { OperatorError } from '../lib/errors';
import { unfitLength } from '../lib/reason';

/** Whoever has the command line has the database, and so may do everything; the log has his name. */
export function operator(): Caller {
  const name = `命令行 ${userInfo().username}`.slice(0, 100);
  return { id: 'cli', name, roles: ['ADMINISTRATOR'], domains: [] };
}

/** A reason for the log, as given or as it is otherwise. */
export function reasonOf(given: string | undefined, otherwise: string): string {
  const reason = (given ?? otherwise).trim();
  const unfit = unfitLength(reason);
  if (unfit !== null) throw new OperatorError(`--reason has ${unfit} characters, wanted 4 to 500`);
  return reason;
}

/** Runs `work`; what is wrong with the file or the options is the operator's mistake. */
export async function asOperator<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const ofFiles = ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'ENOSPC'].includes(code ?? '');
    if (error instanceof FileFaultError || ofFiles) throw new OperatorError(message);
    throw error;
  }
}
