/** Tokens for tests, made as the command line makes them. */
import type { DataSource } from 'typeorm';
import type { Role } from '../../src/access/caller';
import { createToken } from '../../src/access/token.store';

/** A token of its own for a role, or for several. */
export async function tokenOf(
  dataSource: DataSource,
  role: Role | readonly Role[],
  domains: readonly string[] = [],
): Promise<string> {
  const roles = typeof role === 'string' ? [role] : role;
  const { token } = await createToken(dataSource, {
    name: `测试 ${roles.join()}`,
    roles,
    domains,
    days: null,
  });
  return token;
}
