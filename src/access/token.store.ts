/**
 * Makes, finds, lists and revokes tokens. A token is seen once, by whoever made it; statements get its hash, and
 * errors that go up from here hold neither.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Caller, Role } from './caller';
import { readJson } from '../database/json-column';

/** What whoever makes a token decides of it. */
export interface TokenDraft {
  readonly name: string;
  readonly roles: readonly Role[];
  /** Codes of domains. */
  readonly domains: readonly string[];
  /** For how many days it is good; null for ever. */
  readonly days: number | null;
}

/** A token's row, without the hash. */
export interface TokenRecord {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly domains: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** What a token that was sent turned out to be. */
export interface FoundToken {
  readonly state: 'good' | 'expired' | 'revoked';
  readonly caller: Caller;
  /** Whether its last use was written down a minute ago or longer. */
  readonly useIsDue: boolean;
}

const tokenShape = /^ow_[A-Za-z0-9_-]{43}$/;

/** Makes a token from a sound draft; it is in the answer and nowhere else. */
export async function createToken(
  dataSource: DataSource,
  draft: TokenDraft,
): Promise<{ readonly id: string; readonly token: string }> {
  const id = randomBytes(6).toString('hex');
  const token = `ow_${randomBytes(32).toString('base64url')}`;
  await withoutValues('store the token', () =>
    dataSource.query(
      `INSERT INTO access_token (id, name, \`hash\`, roles, domains, created_at, expires_at)
       VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL ? DAY)`,
      [id, draft.name, hashOf(token), draft.roles.join(), JSON.stringify(draft.domains), draft.days],
    ),
  );
  return { id, token };
}

/** Finds a token by its hash, in one statement and by the database's clock; null if there is none. */
export async function findToken(dataSource: DataSource, token: string): Promise<FoundToken | null> {
  if (!tokenShape.test(token)) return null;
  const [row] = await withoutValues('look a token up', () =>
    dataSource.query<(StoredCaller & { revoked: number; expired: number; due: number })[]>(
      `SELECT id, name, roles, domains, revoked_at IS NOT NULL AS revoked,
         COALESCE(expires_at <= UTC_TIMESTAMP(6), 0) AS expired,
         COALESCE(last_used_at <= UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE, 1) AS due
       FROM access_token WHERE \`hash\` = ?`,
      [hashOf(token)],
    ),
  );
  if (!row) return null;
  const state = Number(row.revoked) ? 'revoked' : Number(row.expired) ? 'expired' : 'good';
  return { state, caller: callerOf(row), useIsDue: Number(row.due) === 1 };
}

/** Writes down that tokens were used now. */
export async function recordUse(dataSource: DataSource, ids: readonly string[]): Promise<void> {
  await dataSource.query('UPDATE access_token SET last_used_at = UTC_TIMESTAMP(6) WHERE id IN (?)', [ids]);
}

/** All tokens, the oldest first. */
export async function listTokens(dataSource: DataSource): Promise<TokenRecord[]> {
  const rows = await dataSource.query<(StoredCaller & Omit<TokenRecord, keyof Caller>)[]>(
    `SELECT id, name, roles, domains, created_at AS createdAt, expires_at AS expiresAt,
       revoked_at AS revokedAt, last_used_at AS lastUsedAt
     FROM access_token ORDER BY created_at, id`,
  );
  return rows.map((row) => ({ ...row, ...callerOf(row) }));
}

/** Revokes a token; every node refuses it from its next request on. */
export async function revokeToken(
  dataSource: DataSource,
  id: string,
): Promise<'revoked' | 'revoked before' | 'unknown'> {
  const { affectedRows } = await dataSource.query<{ affectedRows: number }>(
    'UPDATE access_token SET revoked_at = UTC_TIMESTAMP(6) WHERE id = ? AND revoked_at IS NULL',
    [id],
  );
  if (affectedRows > 0) return 'revoked';
  const rows = await dataSource.query<unknown[]>('SELECT id FROM access_token WHERE id = ?', [id]);
  return rows.length > 0 ? 'revoked before' : 'unknown';
}

interface StoredCaller {
  readonly id: string;
  readonly name: string;
  readonly roles: string;
  readonly domains: unknown;
}

function callerOf({ id, name, roles, domains }: StoredCaller): Caller {
  return { id, name, roles: roles.split(',') as Role[], domains: readJson(domains) as string[] };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The driver's errors carry the statement with its values, which the log would write down; ours do not. */
async function withoutValues<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as { code?: unknown };
    // eslint-disable-next-line preserve-caught-error -- the cause is what must not be kept
    throw new Error(`Cannot ${what}: the database says ${typeof code === 'string' ? code : 'no'}`);
  }
}
