/**
 * The HTTP door: routes, bounds on what comes in, CORS, and one line in the log for each request. What a path
 * answers is decided elsewhere.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from '../lib/log';

/** Answers one path; an error that it throws becomes a masked 500. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpSettings {
  /** By path, e.g. `/graphql`. */
  readonly routes: ReadonlyMap<string, Handler>;
  /** Origins that browsers may call from. */
  readonly corsOrigins: '*' | readonly string[];
  readonly log: Logger;
}

/** The largest request body, in bytes. */
export const maxBody = 100_000;

const requestIdShape = /^[\w.-]{1,64}$/;

/** An HTTP server that does not listen yet. */
export function createHttpServer(settings: HttpSettings): Server {
  const server = createServer((request, response) => {
    void answer(request, response, settings);
  });
  // Slow senders hold a connection no longer than this.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  settings: HttpSettings,
): Promise<void> {
  const began = performance.now();
  const given = request.headers['x-request-id'];
  const requestId = typeof given === 'string' && requestIdShape.test(given) ? given : randomUUID();
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  response.setHeader('x-request-id', requestId);
  response.setHeader('x-content-type-options', 'nosniff');
  response.once('close', () => {
    const ms = Math.round((performance.now() - began) * 100) / 100;
    const status = response.writableEnded ? response.statusCode : 'aborted';
    settings.log.debug({ requestId, method: request.method, path, status, ms }, 'request');
  });
  try {
    if (allowOrigin(request, response, settings.corsOrigins)) return;
    const handler = settings.routes.get(path);
    if (handler) await handler(request, response);
    else sendJson(response, 404, { error: `Nothing is at ${path}; the API is at /graphql` });
  } catch (error) {
    settings.log.error({ err: error, requestId, path }, 'unexpected error');
    if (response.headersSent) response.destroy();
    else sendJson(response, 500, { error: `Internal error; the server's log has it under ${requestId}` });
  }
}

/** Sets the CORS headers for an allowed origin; returns whether the request was a preflight, which is answered. */
function allowOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  allowed: HttpSettings['corsOrigins'],
): boolean {
  const { origin } = request.headers;
  if (allowed !== '*' && allowed.length > 0) response.setHeader('vary', 'origin');
  if (origin !== undefined && (allowed === '*' || allowed.includes(origin))) {
    response.setHeader('access-control-allow-origin', allowed === '*' ? '*' : origin);
    response.setHeader('access-control-expose-headers', 'content-disposition, x-request-id');
    if (request.method === 'OPTIONS') {
      response.setHeader('access-control-allow-methods', 'GET, POST');
      response.setHeader(
        'access-control-allow-headers',
        'accept, authorization, content-type, apollo-require-preflight, x-request-id',
      );
      response.setHeader('access-control-max-age', '86400');
    }
  }
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204).end();
  return true;
}

/** A handler that answers only requests to read. */
export function readOnly(handler: Handler): Handler {
  return async (request, response) => {
    if (request.method === 'GET' || request.method === 'HEAD') return handler(request, response);
    response.setHeader('allow', 'GET, HEAD');
    sendJson(response, 405, { error: `${request.method} is not for this address` });
  };
}

/** Sends a small JSON answer. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(`${JSON.stringify(body)}\n`);
}

/** The whole body of a request, or null if it is over the bound; what is over is not read. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBody) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
