/** What the resolvers for staff need of a request. */
import type DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import type { ClassificationService } from '../classification/classification.service';
import type { ItemEditing } from '../classification/item.editing';
import type { Proposal } from '../classification/proposal';
import type { ProposalService } from '../classification/proposal.service';
import type { RecordEditing } from '../classification/record.editing';
import type { WarningDays } from '../classification/warning';
import type { HolidayCalendar } from '../classification/working-days';
import type { SearchContext } from '../search/context';
import type { Findings } from './findings';

/** Whether changes of modes are reviewed before they are in force. */
export type ReviewPolicy = 'required' | 'off';

/** The services behind the resolvers, the same for all requests of a process. */
export interface Administration {
  readonly dataSource: DataSource;
  readonly classification: ClassificationService;
  readonly proposals: ProposalService;
  readonly findings: Findings;
  readonly items: ItemEditing;
  readonly records: RecordEditing;
  readonly review: ReviewPolicy;
  readonly warningDays: WarningDays;
  readonly calendar: HolidayCalendar;
  readonly now: () => Date;
  /** Brings this node's readers to the last committed revision. */
  readonly advance: () => Promise<void>;
}

export interface AdministrationContext extends SearchContext {
  readonly administration: Administration;
  /** Shows the rest of the answer what a mutation of this request has just changed. */
  readonly repin: () => void;
  /** Proposals by number, each asked for once a request. */
  readonly proposalLoader: DataLoader<number, Proposal | null>;
}
