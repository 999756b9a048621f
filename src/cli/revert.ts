import { RevertRefusedError, revertRevision } from '../exchange/revision.revert';
import { OperatorError } from '../lib/errors';
import type { Command } from './command';
import { operator, reasonOf } from './exchange';

export const revert: Command = {
  summary: 'takes a revision of items back, e.g. an import, by a further revision',
  valueOptions: ['--reason'],
  words: ['REVISION'],
  run: async ({ valuesOf, words: [revision = ''], openDatabase, print }) => {
    if (!/^\d{1,9}$/.test(revision)) throw new OperatorError(`"${revision}" is not the number of a revision`);
    const reason = reasonOf(valuesOf('--reason').at(-1), `撤回修订 ${revision}`);
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
