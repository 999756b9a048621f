import { verifyLog } from '../revisions/verify';
import type { Command } from './command';

export const auditVerify: Command = {
  summary: 'reads the whole log and says whether anybody has tampered with it',
  run: async ({ openDatabase, print }) => {
    const { entries, lastHash, fault } = await verifyLog(await openDatabase());
    print(
      fault === null
        ? `✓ ${entries} revisions are as they were written`
        : `✗ ${fault}; ${entries} before it are well`,
    );
    print(`hash of revision ${entries}: ${lastHash}`);
    return fault === null;
  },
};
