/** A small issuer of JWTs: its discovery document, its JWKS, and keys that it makes and changes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, type KeyLike, SignJWT } from 'jose';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: KeyLike;
  readonly publicKey: KeyLike;
}

export interface Issuer {
  readonly url: string;
  /** How often its keys were fetched. */
  fetches(): number;
  /** Publishes other keys from now on. */
  publish(...keys: readonly SigningKey[]): Promise<void>;
  /** What its discovery document says, besides what it should. */
  readonly discovery: Record<string, unknown>;
  /** The status that it answers with. */
  answerWith(status: number): void;
  /** A JWT for this audience, good for five minutes, with some claims more or others. */
  sign(
    key: SigningKey,
    claims?: Record<string, unknown>,
    header?: Partial<JWTHeaderParameters>,
  ): Promise<string>;
  stop(): Promise<void>;
}

export const audience = 'one-window';

export async function makeKey(kid: string, alg = 'RS256'): Promise<SigningKey> {
  return { kid, alg, ...(await generateKeyPair(alg)) };
}

/** Starts an issuer on a free port. */
export async function startIssuer(): Promise<Issuer> {
  let keys: JWK[] = [];
  let fetches = 0;
  let status = 200;
  const discovery: Record<string, unknown> = {};
  const server = createServer((request, response) => {
    const url = urlOf();
    const documents: Record<string, unknown> = {
      '/realm/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys`, ...discovery },
      '/realm/keys': { keys },
    };
    if (request.url === '/realm/keys') fetches++;
    const document = documents[request.url ?? ''];
    response.writeHead(document ? status : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const urlOf = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/realm`;
  return {
    url: urlOf(),
    fetches: () => fetches,
    discovery,
    answerWith: (next) => (status = next),
    publish: async (...published) => {
      keys = await Promise.all(
        published.map(async ({ kid, alg, publicKey }) => ({
          ...(await exportJWK(publicKey)),
          kid,
          alg,
          use: 'sig',
        })),
      );
    },
    sign: ({ kid, alg, privateKey }, claims = {}, header = {}) =>
      new SignJWT({
        iss: urlOf(),
        aud: audience,
        sub: 'u-1',
        exp: Math.floor(Date.now() / 1_000) + 300,
        ...claims,
      })
        .setProtectedHeader({ alg, kid, ...header })
        .sign(privateKey),
    stop: () => new Promise((settle) => void server.close(() => settle()).closeAllConnections()),
  };
}
