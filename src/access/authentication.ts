/**
 * From the Authorization header to the caller. Guarantees that a header that does not show who somebody is gets
 * UNAUTHENTICATED, never a silent anonymous, and that a revoked token is refused at the next request on every node:
 * each request looks its token up. What a caller may do is policy.ts's affair.
 */
import type { DataSource } from 'typeorm';
import { unauthenticated } from '../lib/errors';
import type { Logger } from '../lib/log';
import type { Caller } from './caller';
import { OidcVerifier } from './oidc';
import type { OidcSettings } from './oidc-settings';
import { findToken, type FoundToken } from './token.store';
import { TokenUse } from './token-use';

export interface AuthenticationSettings {
  readonly dataSource: DataSource;
  /** The issuer whose JWTs are taken too; null for none. */
  readonly oidc: OidcSettings | null;
  readonly log: Logger;
}

/** RFC 6750, section 2.1. */
const bearerShape = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

const refusals: Readonly<Record<Exclude<FoundToken['state'], 'good'>, string>> = {
  expired: 'The token has expired',
  revoked: 'The token was revoked',
};

export class Authentication {
  private readonly use: TokenUse;
  private readonly verifier: OidcVerifier | null;

  constructor(private readonly settings: AuthenticationSettings) {
    this.use = new TokenUse(settings.dataSource, settings.log);
    this.verifier = settings.oidc && new OidcVerifier(settings.oidc);
  }

  /** Who sent a request with this header; null, an anonymous one, only where there is no header. */
  async callerOf(authorization: string | undefined): Promise<Caller | null> {
    if (authorization === undefined) return null;
    const [, token] = bearerShape.exec(authorization) ?? [];
    if (token === undefined) {
      throw unauthenticated('The Authorization header is not of the form: Bearer TOKEN');
    }
    // A JWT is three parts with dots between; a token of ours has no dot.
    if (this.verifier && token.split('.').length === 3) return this.verifier.callerOf(token);
    const found = await findToken(this.settings.dataSource, token);
    if (!found) throw unauthenticated('The token is not one of this server');
    if (found.state !== 'good') throw unauthenticated(refusals[found.state]);
    if (found.useIsDue) this.use.note(found.caller.id);
    return found.caller;
  }

  /** Settles when what is written behind the answers is written. */
  settled(): Promise<void> {
    return this.use.settled();
  }
}
