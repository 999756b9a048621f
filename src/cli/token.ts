/** Tokens: made, listed and revoked by whoever runs the server. A token is printed once, alone on standard output. */
import type { DataSource } from 'typeorm';
import { type Role, roles } from '../access/caller';
import {
  createToken,
  listTokens,
  revokeToken,
  type TokenDraft,
  type TokenRecord,
} from '../access/token.store';
import { Directory } from '../catalog/directory';
import { refuseOldSchema } from '../database/data-source';
import { OperatorError } from '../lib/errors';
import type { Command, CommandContext } from './command';

const longestDays = 3_650;

export const tokenCreate: Command = {
  summary:
    'makes a token: --name NAME --role ROLE [--role ROLE]… [--domain CODE]… [--expires DAYS]; it is shown only now',
  valueOptions: ['--name', '--role', '--domain', '--expires'],
  run: async ({ valuesOf, openDatabase, print, remark }) => {
    const draft = readDraft(valuesOf);
    const dataSource = await openDatabase();
    await refuseOldSchema(dataSource);
    await refuseUnknownDomains(dataSource, draft.domains);
    const { id, token } = await createToken(dataSource, draft);
    const until = draft.days === null ? 'until it is revoked' : `for ${draft.days} days`;
    remark(`Token ${id} for ${draft.name}, ${draft.roles.join(', ')}, ${until}. It is shown only now:`);
    print(token);
    return true;
  },
};

export const tokenList: Command = {
  summary: 'lists the tokens, one a line, with tabs between the columns; never the tokens themselves',
  run: async ({ openDatabase, print }) => {
    const dataSource = await openDatabase();
    await refuseOldSchema(dataSource);
    const lines = (await listTokens(dataSource)).map((token) => cellsOf(token).join('\t'));
    for (const line of [columns.join('\t'), ...lines]) print(line);
    return true;
  },
};

export const tokenRevoke: Command = {
  summary: 'revokes a token, from the next request on and for good',
  words: ['ID'],
  run: async ({ words: [id = ''], openDatabase, print }) => {
    const dataSource = await openDatabase();
    await refuseOldSchema(dataSource);
    const outcome = await revokeToken(dataSource, id);
    if (outcome === 'unknown') throw new OperatorError(`There is no token with the id "${id}"`);
    print(outcome === 'revoked' ? `Token ${id} is revoked.` : `Token ${id} was revoked before.`);
    return true;
  },
};

/** Checks what the options say; throws an OperatorError that names the option at fault. */
function readDraft(valuesOf: CommandContext['valuesOf']): TokenDraft {
  const name = (single(valuesOf, '--name') ?? '').trim();
  if (name === '') throw new OperatorError('--name is missing: whom or what the token is for');
  if ([...name].length > 100) throw new OperatorError('--name has over 100 characters');
  if (/\p{Cc}/u.test(name)) throw new OperatorError('--name has control characters');
  const given = [...new Set(valuesOf('--role'))];
  if (given.length === 0) throw new OperatorError(`--role is missing: one or more of ${roles.join(', ')}`);
  const domains = [...new Set(valuesOf('--domain'))].sort();
  const chosen = given.map(readRole);
  const bound = chosen.find((role) => role === 'EDITOR' || role === 'REVIEWER');
  if (bound && domains.length === 0 && !chosen.includes('ADMINISTRATOR')) {
    throw new OperatorError(`--domain is missing: ${bound} needs at least one, e.g. --domain D01`);
  }
  return {
    name,
    roles: roles.filter((role) => chosen.includes(role)),
    domains,
    days: readDays(single(valuesOf, '--expires')),
  };
}

function single(valuesOf: CommandContext['valuesOf'], option: string): string | undefined {
  const [value, ...more] = valuesOf(option);
  if (more.length > 0) throw new OperatorError(`${option} is given more than once`);
  return value;
}

function readRole(name: string): Role {
  const role = roles.find((known) => known === name);
  if (!role) throw new OperatorError(`--role "${name}" is none of ${roles.join(', ')}`);
  return role;
}

function readDays(text: string | undefined): number | null {
  if (text === undefined) return null;
  const days = Number(text);
  if (!/^\d+$/.test(text) || days < 1 || days > longestDays) {
    throw new OperatorError(`--expires "${text}" is not a whole number of days from 1 to ${longestDays}`);
  }
  return days;
}

async function refuseUnknownDomains(dataSource: DataSource, codes: readonly string[]): Promise<void> {
  const directory = await Directory.read(dataSource.manager);
  const unknown = codes.find((code) => !directory.domain(code));
  if (unknown !== undefined)
    throw new OperatorError(`--domain "${unknown}": there is no domain of that code`);
}

const columns = ['id', 'name', 'roles', 'domains', 'created', 'expires', 'revoked', 'last used'];

function cellsOf(token: TokenRecord): string[] {
  const moments = [token.createdAt, token.expiresAt, token.revokedAt, token.lastUsedAt];
  return [
    token.id,
    token.name,
    token.roles.join(','),
    token.domains.join(',') || '-',
    ...moments.map((moment) => moment?.toISOString() ?? '-'),
  ];
}
