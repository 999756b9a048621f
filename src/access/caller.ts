/** Who asks. Every right hangs on this and on nothing else. */
import { registerEnumType } from 'type-graphql';

/** What a signed-in caller is there for. */
export const roles = ['CONSUMER', 'EDITOR', 'REVIEWER', 'LEGAL_REVIEWER', 'ADMINISTRATOR'] as const;
export type Role = (typeof roles)[number];

export const RoleEnum = Object.fromEntries(roles.map((role) => [role, role])) as { [K in Role]: K };

registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What a signed-in caller is there for; one may have several.',
  valuesConfig: {
    CONSUMER: { description: 'A portal or a kiosk: reads, with higher limits and operation names.' },
    EDITOR: { description: '部门编辑: proposes and, in its own domains, reclassifies.' },
    REVIEWER: { description: "部门审核: first review, the department's own." },
    LEGAL_REVIEWER: { description: "司法局审核: second review, the justice bureau's." },
    ADMINISTRATOR: { description: '管理员: everything, in every domain.' },
  },
});

/** A caller who has shown who he is. */
export interface Caller {
  /** Lasting and unique: a token's id, or an issuer's subject. */
  readonly id: string;
  /** For people, e.g. in the log of changes. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** Codes of the domains that the caller may change; ADMINISTRATOR may change all. */
  readonly domains: readonly string[];
}

/** What every request carries of its caller; null for an anonymous one. */
export interface CallerContext {
  readonly caller: Caller | null;
}
