/**
 * Callers who signed in elsewhere and send a JWT of their issuer. Believes only what the issuer's own keys have signed,
 * for this audience, in time. Keys come from the JWKS that the issuer's discovery document names, are kept for ten
 * minutes, and are fetched anew for a JWT with an unknown key, at most every 30 seconds.
 */
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { unauthenticated } from '../lib/errors';
import type { Caller } from './caller';
import { isSafe, type OidcSettings } from './oidc-settings';

/** Asymmetric ones only: with a symmetric one, whoever can check a signature could make it. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** By how many seconds our clock and the issuer's may differ. */
const clockTolerance = 10;

/** How long the issuer may take to answer, in milliseconds. */
const patience = 5_000;

/** What jose says of a JWT that is at fault itself; anything else is a fault of the issuer, or of the way to it. */
const faultsOfJwt = new Set([
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
  errors.JWKSMultipleMatchingKeys.code,
  errors.JWKSNoMatchingKey.code,
  errors.JWSInvalid.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JWTClaimValidationFailed.code,
  errors.JWTExpired.code,
  errors.JWTInvalid.code,
]);

export class OidcVerifier {
  private keys: Promise<JWTVerifyGetKey> | null = null;

  constructor(private readonly settings: OidcSettings) {}

  /** Who a JWT is of; throws UNAUTHENTICATED, with the reason, for one that is not good. */
  async callerOf(jwt: string): Promise<Caller> {
    const payload = await this.verify(jwt);
    // jose sees to it that there is one, not that it is a text.
    const { sub } = payload as { sub?: unknown };
    // OpenID Connect Core, section 2: at most 255 characters.
    if (typeof sub !== 'string' || sub === '' || sub.length > 255) {
      throw unauthenticated('The JWT is refused: it names nobody ("sub")');
    }
    const { rolesClaim, domainsClaim, roleMap } = this.settings;
    const roles = wordsOf(payload, rolesClaim).flatMap((word) => roleMap.get(word) ?? []);
    return {
      id: `oidc:${sub}`,
      name: nameOf(payload) ?? sub.slice(0, 100),
      roles: [...new Set(roles)],
      domains: [...new Set(wordsOf(payload, domainsClaim))],
    };
  }

  private async verify(jwt: string): Promise<JWTPayload> {
    const { issuer, audience } = this.settings;
    try {
      const verified = await jwtVerify(jwt, this.keyFor, {
        issuer,
        audience,
        algorithms,
        clockTolerance,
        requiredClaims: ['exp', 'sub'],
      });
      return verified.payload;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code !== undefined && faultsOfJwt.has(code)) {
        throw unauthenticated(`The JWT is refused: ${message}`);
      }
      throw new Error(`Cannot get the keys of OIDC_ISSUER ${issuer}: ${message || String(code)}`, {
        cause: error,
      });
    }
  }

  private readonly keyFor: JWTVerifyGetKey = async (header, token) => {
    this.keys ??= discoverKeys(this.settings.issuer).catch((error: unknown) => {
      // The next JWT asks again.
      this.keys = null;
      throw error;
    });
    return (await this.keys)(header, token);
  };
}

/** OpenID Connect Discovery 1.0, section 4. */
async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(patience) });
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  const found = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (found.issuer !== issuer) throw new Error(`${address} is of the issuer ${JSON.stringify(found.issuer)}`);
  const { jwks_uri: place } = found;
  if (typeof place !== 'string' || !URL.canParse(place) || !isSafe(new URL(place))) {
    throw new Error(`${address} has the unusable jwks_uri ${JSON.stringify(place)}`);
  }
  return createRemoteJWKSet(new URL(place), { timeoutDuration: patience });
}

/** The words of a claim: a list, or a text with spaces between. */
function wordsOf(payload: JWTPayload, claim: string): string[] {
  const value = payload[claim] ?? claim.split('.').reduce<unknown>(inside, payload);
  if (typeof value === 'string') return value.split(/\s+/).filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
}

function inside(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** For people, so bounded as a token's name is. */
function nameOf({ name, preferred_username: username }: JWTPayload): string | undefined {
  const text = [name, username].find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof text === 'string' ? [...text.trim()].slice(0, 100).join('') : undefined;
}
