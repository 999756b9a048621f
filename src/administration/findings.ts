/** Where the stored catalog breaks a rule of the modes: computed once a revision, when somebody asks. */
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { ServiceItem } from '../catalog/item';
import { readItemStates } from '../catalog/item.store';
import { breaches, severities, type Severity } from '../classification/rules';
import { readConsistently } from '../database/transaction';
import { readHead } from '../revisions/history';

export const SeverityEnum = { ERROR: 'ERROR', WARNING: 'WARNING', INFORMATION: 'INFORMATION' } as const;

registerEnumType(SeverityEnum, {
  name: 'Severity',
  description: 'How much a broken rule matters.',
  valuesConfig: {
    ERROR: { description: 'Refuses a write; can be stored only by other means.' },
    WARNING: { description: 'Allowed, but wants a reason.' },
    INFORMATION: { description: 'Worth a look.' },
  },
});

@ObjectType({ description: 'Where the stored catalog breaks a rule of the modes.' })
export class Finding {
  @Field(() => String, { description: "The rule's name, e.g. online-url." })
  rule!: string;

  @Field(() => SeverityEnum, { description: 'How much it matters.' })
  severity!: Severity;

  @Field(() => String, { description: 'What is wrong, for clerks, in Chinese.' })
  message!: string;

  itemCode!: string;

  /** The window of the item, which tells its domain. */
  windowCode!: string;

  @Field(() => ServiceItem, { description: 'The item that breaks it.' })
  item?: ServiceItem;
}

/** The place of a finding in the list: worst first, then by rule and item. */
export function findingKey({ severity, rule, itemCode }: Finding): string {
  return `${severities.indexOf(severity)} ${rule} ${itemCode}`;
}

export class Findings {
  private latest: { revision: number; findings: Promise<readonly Finding[]> } | null = null;

  constructor(private readonly dataSource: DataSource) {}

  /** All findings about items that are not retired, worst first. */
  async all(): Promise<readonly Finding[]> {
    const { revision } = await readHead(this.dataSource);
    if (this.latest?.revision !== revision) {
      const findings = this.compute();
      this.latest = { revision, findings };
      findings.catch(() => (this.latest = null));
    }
    return this.latest.findings;
  }

  private async compute(): Promise<Finding[]> {
    const states = await readConsistently(this.dataSource, (manager) => readItemStates(manager, 'all'));
    const findings = [...states.values()]
      .filter(({ status }) => status !== 'RETIRED')
      .flatMap((state) =>
        breaches(state).map(({ rule, severity, message }) =>
          Object.assign(new Finding(), {
            rule,
            severity,
            message,
            itemCode: state.code,
            windowCode: state.window,
          }),
        ),
      );
    return findings.sort((a, b) => (findingKey(a) < findingKey(b) ? -1 : 1));
  }
}
