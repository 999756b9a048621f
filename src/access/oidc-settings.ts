/** How staff who sign in elsewhere are recognised: the issuer, and which of its words mean which roles. */
import { roles, type Role } from './caller';

export interface OidcSettings {
  /** The issuer's identifier, as its discovery document and the claim `iss` have it. */
  readonly issuer: string;
  /** What the claim `aud` must contain. */
  readonly audience: string;
  /** The claim with the roles; dots lead into objects, e.g. `realm_access.roles`. */
  readonly rolesClaim: string;
  /** The claim with the codes of domains; likewise. */
  readonly domainsClaim: string;
  /** The issuer's words for our roles. Words that are not here mean nothing. */
  readonly roleMap: ReadonlyMap<string, Role>;
}

/** Our own names of the roles, taken as they are. */
export const ownRoleNames: ReadonlyMap<string, Role> = new Map(roles.map((role) => [role, role]));

/** Reads an issuer's identifier; only a loopback address may do without TLS. */
export function parseIssuer(text: string): string {
  if (!URL.canParse(text)) throw new Error(`"${text}" is not a URL`);
  const url = new URL(text);
  if (!isSafe(url)) throw new Error(`"${text}" is neither https nor on this machine`);
  if (url.search || url.hash) throw new Error(`"${text}" has a query or a fragment`);
  return text;
}

/** Whether what an address answers can be believed: it comes over TLS, or from this machine. */
export function isSafe({ protocol, hostname }: URL): boolean {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && local);
}

/** Reads e.g. `clerk=EDITOR,chief=REVIEWER`. */
export function parseRoleMap(text: string): ReadonlyMap<string, Role> {
  const map = new Map<string, Role>();
  for (const entry of text.split(',')) {
    const [word = '', name = '', ...more] = entry.split('=').map((part) => part.trim());
    if (word === '' || name === '' || more.length > 0) throw new Error(`"${entry}" is not WORD=ROLE`);
    const role = ownRoleNames.get(name);
    if (!role) throw new Error(`"${name}" is none of ${roles.join(', ')}`);
    if (map.has(word)) throw new Error(`"${word}" is there twice`);
    map.set(word, role);
  }
  return map;
}
