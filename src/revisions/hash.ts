/**
 * The hash chain of the log: each entry carries a hash over itself and the hash of the entry before, so that whoever
 * changes an old entry has to change every later one, and everybody who noted a later hash sees it.
 */
import { createHash } from 'node:crypto';
import type { Change } from './log';

/** What the first entry is chained to. */
export const firstHash = '0'.repeat(64);

/** What an entry says. */
export interface LogEntry {
  readonly revision: number;
  readonly at: Date;
  readonly actor: string;
  readonly reason: string;
  readonly changes: readonly Change[];
}

/** SHA-256, as 64 hexadecimal digits, over the entry's canonical text behind the hash of the entry before. */
export function revisionHash(previous: string, { revision, at, actor, reason, changes }: LogEntry): string {
  const hash = createHash('sha256');
  hash.update(`${previous}\n${canonicalJson([revision, at.toISOString(), actor, reason])}\n`);
  const ordered = [...changes].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  for (const { kind, code, before, after } of ordered)
    hash.update(`${canonicalJson([kind, code, before, after])}\n`);
  return hash.digest('hex');
}

function key({ kind, code }: Change): string {
  return `${kind} ${code}`;
}

/** JSON with the keys of objects in order: databases give a stored object back with its keys in another one. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${canonicalJson(part)}`).join(',')}}`;
}
