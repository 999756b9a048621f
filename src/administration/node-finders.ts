import { mayPerform } from '../access/policy';
import type { NodeFinder } from '../catalog/node.resolver';
import { readClassificationChanges } from '../classification/change.store';
import { ClassificationChange } from '../classification/classification-change';
import { Proposal } from '../classification/proposal';
import type { AdministrationContext } from './context';

/** How changes and proposals are found by their codes; proposals by staff only. */
export const administrationFinders: readonly (readonly [string, NodeFinder<AdministrationContext>])[] = [
  [
    ClassificationChange.name,
    async (code, { administration }) => {
      const [, revision, item] = /^(\d{1,9}):(\w{1,33})$/.exec(code) ?? [];
      if (revision === undefined || item === undefined) return null;
      const filter = { revision: Number(revision), item };
      const [change] = await readClassificationChanges(administration.dataSource, filter, null, 1);
      return change ?? null;
    },
  ],
  [
    Proposal.name,
    async (code, { caller, proposalLoader }) => {
      if (!/^\d{1,9}$/.test(code) || !mayPerform('Query.proposals', caller)) return null;
      return proposalLoader.load(Number(code));
    },
  ],
];
