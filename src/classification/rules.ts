/**
 * The rules of the five modes (五办), as pure functions. A mode is declared by the administration, never derived:
 * a rule checks what was declared and changes nothing. Sources: the county's definitions of the modes, and the
 * provincial practice of checking published items (an ERROR blocks publishing).
 */
import type { ItemDraft } from '../catalog/item-state';

/** ERROR refuses a write; WARNING and INFORMATION are reported. */
export const severities = ['ERROR', 'WARNING', 'INFORMATION'] as const;
export type Severity = (typeof severities)[number];

/** What a rule looks at. */
export type ClassifiedItem = Pick<
  ItemDraft,
  | 'modes'
  | 'audiences'
  | 'legalWorkingDays'
  | 'promisedWorkingDays'
  | 'onSiteVisits'
  | 'onlineUrl'
  | 'outlets'
  | 'kiosks'
>;

/** Where an item breaks a rule. */
export interface Breach {
  /** The rule's name, e.g. online-url. */
  readonly rule: RuleName;
  readonly severity: Severity;
  /** For clerks, in Chinese. */
  readonly message: string;
  /** The field to change first. */
  readonly field: keyof ClassifiedItem;
}

interface Rule {
  readonly name: string;
  readonly severity: Severity;
  readonly field: keyof ClassifiedItem;
  readonly message: string;
  readonly broken: (item: ClassifiedItem) => boolean;
}

const rules = [
  {
    name: 'immediate-days',
    severity: 'ERROR',
    field: 'promisedWorkingDays',
    message: '“马上办”事项的承诺时限不得超过1个工作日',
    broken: ({ modes, promisedWorkingDays }) => modes.includes('IMMEDIATE') && promisedWorkingDays > 1,
  },
  {
    name: 'immediate-days',
    severity: 'WARNING',
    field: 'promisedWorkingDays',
    message: '“马上办”事项应当场办结，承诺时限宜为0个工作日',
    broken: ({ modes, promisedWorkingDays }) => modes.includes('IMMEDIATE') && promisedWorkingDays === 1,
  },
  {
    name: 'promise-within-law',
    severity: 'ERROR',
    field: 'promisedWorkingDays',
    message: '承诺时限不得超过法定时限',
    broken: ({ legalWorkingDays, promisedWorkingDays }) =>
      legalWorkingDays !== null && promisedWorkingDays > legalWorkingDays,
  },
  {
    name: 'online-url',
    severity: 'ERROR',
    field: 'onlineUrl',
    message: '“网上办”事项必须有网上办理地址',
    broken: ({ modes, onlineUrl }) => modes.includes('ONLINE') && onlineUrl === null,
  },
  {
    name: 'single-visit-count',
    severity: 'ERROR',
    field: 'onSiteVisits',
    message: '“一次办”事项到现场次数不得超过1次',
    broken: ({ modes, onSiteVisits }) => modes.includes('SINGLE_VISIT') && onSiteVisits > 1,
  },
  {
    name: 'visits-need-channel',
    severity: 'ERROR',
    field: 'modes',
    message: '到现场0次的事项必须能“网上办”“就近办”或“自助办”',
    broken: ({ modes, onSiteVisits }) =>
      onSiteVisits === 0 && !modes.some((mode) => ['ONLINE', 'NEARBY', 'SELF_SERVICE'].includes(mode)),
  },
  {
    name: 'nearby-outlet',
    severity: 'ERROR',
    field: 'outlets',
    message: '“就近办”事项至少要有一个乡镇或村（社区）网点',
    broken: ({ modes, outlets }) => modes.includes('NEARBY') && outlets.length === 0,
  },
  {
    name: 'nearby-person',
    severity: 'WARNING',
    field: 'audiences',
    message: '“就近办”事项的服务对象应包括自然人',
    broken: ({ modes, audiences }) => modes.includes('NEARBY') && !audiences.includes('NATURAL_PERSON'),
  },
  {
    name: 'kiosk-present',
    severity: 'ERROR',
    field: 'kiosks',
    message: '“自助办”事项至少要有一台自助终端',
    broken: ({ modes, kiosks }) => modes.includes('SELF_SERVICE') && kiosks.length === 0,
  },
  {
    name: 'single-visit-zero',
    severity: 'INFORMATION',
    field: 'onSiteVisits',
    message: '“一次办”事项到现场0次，可考虑标注为“一趟不用跑”',
    broken: ({ modes, onSiteVisits }) => modes.includes('SINGLE_VISIT') && onSiteVisits === 0,
  },
  {
    name: 'immediate-missing',
    severity: 'INFORMATION',
    field: 'modes',
    message: '承诺时限为0个工作日，但未标注“马上办”',
    broken: ({ modes, promisedWorkingDays }) => promisedWorkingDays === 0 && !modes.includes('IMMEDIATE'),
  },
] as const satisfies readonly Rule[];

/** The names of the rules. */
export type RuleName = (typeof rules)[number]['name'];

/** Every rule that an item breaks, errors first. */
export function breaches(item: ClassifiedItem): Breach[] {
  return rules
    .filter((rule) => rule.broken(item))
    .map(({ name, severity, message, field }) => ({ rule: name, severity, message, field }))
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}
