/**
 * Who may do what: one table, and pure functions over it. Resolvers ask here before they do anything; a test walks
 * every operation of the schema, every role, own and foreign domains, and fails for an operation that is not here.
 */
import { forbidden } from '../lib/errors';
import type { Caller, Role } from './caller';

/** Where a role's right reaches: into every domain, or only into those of the caller. */
export type Reach = 'anywhere' | 'own domains';

/** Who may perform an operation: everybody, or the roles listed. */
export type Right = 'everybody' | Readonly<Partial<Record<Role, Reach>>>;

const staff: Right = {
  EDITOR: 'anywhere',
  REVIEWER: 'anywhere',
  LEGAL_REVIEWER: 'anywhere',
  ADMINISTRATOR: 'anywhere',
};
const administrating: Right = { ADMINISTRATOR: 'anywhere' };
const editing: Right = { EDITOR: 'own domains', ADMINISTRATOR: 'anywhere' };

/** Rights that are asked for apart from an operation of the API, by the exchange of spreadsheets. */
export const commonRights = { staff, editing };

/** The rights, by operation; `items(status:)` is the right to list what is not published. */
export const rights = {
  'Mutation.classifyItems': { ADMINISTRATOR: 'anywhere' },
  'Mutation.classifyItems(REVIEW=off)': editing,
  'Mutation.createKiosk': administrating,
  'Mutation.createLifeEvent': administrating,
  'Mutation.createOutlet': administrating,
  'Mutation.createServiceItem': editing,
  'Mutation.createServiceWindow': editing,
  'Mutation.retireKiosk': administrating,
  'Mutation.retireLifeEvent': administrating,
  'Mutation.retireOutlet': administrating,
  'Mutation.retireServiceItem': editing,
  'Mutation.retireServiceWindow': editing,
  'Mutation.updateKiosk': administrating,
  'Mutation.updateLifeEvent': administrating,
  'Mutation.updateOutlet': administrating,
  'Mutation.updateServiceItem': editing,
  'Mutation.updateServiceWindow': editing,
  'Mutation.proposeClassification': editing,
  'Mutation.reviewProposal': { REVIEWER: 'own domains', LEGAL_REVIEWER: 'anywhere' },
  'Mutation.setServiceItemAliases': editing,
  // Of his own proposals; the service sees to that.
  'Mutation.withdrawProposal': { EDITOR: 'anywhere', ADMINISTRATOR: 'anywhere' },
  'Query.audit': staff,
  'Query.catalog': 'everybody',
  'Query.classificationPreview': staff,
  'Query.department': 'everybody',
  'Query.departments': 'everybody',
  'Query.domain': 'everybody',
  'Query.domains': 'everybody',
  'Query.findings': staff,
  'Query.item': 'everybody',
  'Query.items': 'everybody',
  'Query.items(status:)': staff,
  'Query.kiosk': 'everybody',
  'Query.kiosks': 'everybody',
  'Query.lifeEvent': 'everybody',
  'Query.lifeEvents': 'everybody',
  'Query.node': 'everybody',
  'Query.nodes': 'everybody',
  'Query.proposals': staff,
  'Query.viewer': 'everybody',
  'Query.outlet': 'everybody',
  'Query.outlets': 'everybody',
  'Query.window': 'everybody',
  'Query.windows': 'everybody',
} as const satisfies Readonly<Record<string, Right>>;

/** An operation that the table knows. */
export type Operation = keyof typeof rights;

/**
 * Whether a caller may perform an operation, in a domain if one is named. Without a domain the question is whether
 * there may be any domain in which he may.
 */
export function mayPerform(operation: Operation, caller: Caller | null, domain?: string): boolean {
  return allows(rights[operation], caller, domain);
}

/** Whether a right covers a caller, in a domain if one is named. */
export function allows(right: Right, caller: Caller | null, domain?: string): boolean {
  if (right === 'everybody') return true;
  if (!caller) return false;
  return caller.roles.some((role) => {
    const reach = right[role];
    if (reach === undefined) return false;
    return reach === 'anywhere' || domain === undefined || caller.domains.includes(domain);
  });
}

/** Throws FORBIDDEN unless the caller may perform the operation; `argument` as for `forbidden`. */
export function requireRight(
  operation: Operation,
  caller: Caller | null,
  argument: readonly string[] = [],
  domain?: string,
): void {
  if (mayPerform(operation, caller, domain)) return;
  const who = caller ? `${caller.name} (${caller.roles.join(', ')})` : 'An anonymous caller';
  const where = domain === undefined ? '' : ` in domain ${domain}`;
  throw forbidden(`${who} may not perform ${operation}${where}`, argument);
}
