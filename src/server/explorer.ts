/**
 * Answers /: a GraphiQL page that needs nothing from elsewhere. The build puts it together, with the operations of
 * schema/examples as its tabs, into one compressed file.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { projectRoot } from '../lib/project-root';
import type { Handler } from './http';

/** The page that the build made. */
export const explorerFile = join(projectRoot, 'dist', 'explorer.html.gz');

/** Only what the page itself holds may run, and it may call only us. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  'font-src data:',
  'img-src data: blob:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Reads the page once; every answer is a copy of it. */
export function explorerHandler(): Handler {
  const page = readFileSync(explorerFile);
  const etag = `"${createHash('sha256').update(page).digest('base64url').slice(0, 16)}"`;
  return async (request, response) => {
    response.setHeader('etag', etag);
    response.setHeader('cache-control', 'no-cache');
    response.setHeader('vary', 'accept-encoding');
    response.setHeader('content-security-policy', contentSecurityPolicy);
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return;
    }
    const compressed = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (compressed) response.setHeader('content-encoding', 'gzip');
    response.writeHead(200);
    if (compressed) response.end(page);
    else await pipeline(Readable.from([page]), createGunzip(), response);
  };
}
