import { RevertRefusedError, revertRevision } from '../exchange/revision.revert';
import { OperatorError } from '../lib/errors';
import { type Command, parseArguments } from './command';
import { operator, reasonOf } from './exchange';

const usage = 'REVISION [--reason TEXT]';

export const revert: Command = {
  summary: 'takes a revision of items back, e.g. an import, by a further revision',
  usage,
  run: async ({ args, openDatabase, print }) => {
    const { values, positionals } = parseArguments(
      { args: [...args], allowPositionals: true, options: { reason: { type: 'string' } } },
      `revert ${usage}`,
    );
    const [revision = '', ...more] = positionals;
    if (!/^\d{1,9}$/.test(revision) || more.length > 0) {
      throw new OperatorError(`Usage: npm run cli -- revert ${usage}`);
    }
    const reason = reasonOf(values.reason, `撤回修订 ${revision}`);
    const dataSource = await openDatabase();
    try {
      const done = await revertRevision(dataSource, {
        revision: Number(revision),
        caller: operator(),
        reason,
      });
      print(
        done.revision === null
          ? `Everything stands as before revision ${revision} already.`
          : `Reverted revision ${revision} as revision ${done.revision}: ${done.restored} items restored, ${done.retired} retired.`,
      );
      return true;
    } catch (error) {
      if (error instanceof RevertRefusedError) throw new OperatorError(error.message);
      throw error;
    }
  },
};
