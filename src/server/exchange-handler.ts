/**
 * Spreadsheets over HTTP: POST /import and GET /export/items.xlsx and .csv, for staff. What is in a file, and whose
 * rights reach where, is the exchange's affair; here are sign-in, parameters, bounds of what comes in, and answers.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { GraphQLError } from 'graphql';
import type { Authentication } from '../access/authentication';
import type { Caller } from '../access/caller';
import { allows, commonRights, mayPerform } from '../access/policy';
import type { Administration } from '../administration/context';
import { reportRecord } from '../exchange/import-report';
import { exportItems } from '../exchange/item.export';
import { importItems } from '../exchange/item.import';
import { bounds, FileFaultError, type SheetFormat, sheetFormats } from '../exchange/sheet';
import { badUserInput, errorCodes, forbidden, unauthenticated } from '../lib/errors';
import { type Handler, readOnly, sendJson } from './http';
import { unfitLength } from '../lib/reason';

/** The media types of files, by format. */
const mediaTypes: Readonly<Record<SheetFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
};

/** A client that takes nothing for so long, in milliseconds, no longer holds a connection to the database. */
const stalledAfter = 60_000;

/** What the routes stand on. */
type Surroundings = Pick<Administration, 'dataSource' | 'review' | 'advance'>;

/** The routes for spreadsheets, by path. */
export function exchangeRoutes(
  authentication: Pick<Authentication, 'callerOf'>,
  surroundings: Surroundings,
): [string, Handler][] {
  const signedIn = (answer: SignedInHandler): Handler => {
    return async (request, response) => {
      try {
        const caller = await authentication.callerOf(request.headers.authorization);
        if (!caller) throw unauthenticated('This address wants a header: Authorization: Bearer TOKEN');
        await answer(request, response, caller);
      } catch (error) {
        if (!hasLeft(response, error)) sendRefusal(response, error);
      }
    };
  };
  return [
    ['/import', signedIn(importHandler(surroundings))],
    ...sheetFormats.map((format): [string, Handler] => [
      `/export/items.${format}`,
      readOnly(signedIn(exportHandler(surroundings, format))),
    ]),
  ];
}

type SignedInHandler = (request: IncomingMessage, response: ServerResponse, caller: Caller) => Promise<void>;

/** Answers with the report: 200 without faults, else 422. */
function importHandler({ dataSource, review, advance }: Surroundings): SignedInHandler {
  // Changing modes here is changing them without review, as classifyItems does.
  const direct = review === 'off' ? 'Mutation.classifyItems(REVIEW=off)' : 'Mutation.classifyItems';
  return async (request, response, caller) => {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      sendJson(response, 405, { error: `${request.method} is not for this address` });
      return;
    }
    const mayChangeModes = mayPerform(direct, caller);
    const { dryRun, reason, domains } = importParameters(parametersOf(request, importNames));
    const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
    if (!Object.values(mediaTypes).includes(type.trim().toLowerCase())) {
      const wanted = Object.values(mediaTypes).join(' or ');
      sendJson(response, 415, { error: `Content-Type is "${type}", wanted ${wanted}` });
      return;
    }
    const report = await importItems(dataSource, Readable.from(boundedBody(request)), {
      caller,
      reason,
      dryRun,
      domains,
      mayChangeModes,
    });
    // Whoever gets the answer may read what he wrote.
    if (report.revision !== null) await advance();
    sendJson(response, report.faults.count === 0 ? 200 : 422, reportRecord(report));
  };
}

/** Answers with the file, as it is made; to HEAD, with its headers. */
function exportHandler({ dataSource }: Surroundings, format: SheetFormat): SignedInHandler {
  return async (request, response, caller) => {
    if (!allows(commonRights.staff, caller)) throw forbidden(`${caller.name} may not export items`, []);
    const domains = parametersOf(request, ['domain']).getAll('domain');
    response.setTimeout(stalledAfter, () => void response.destroy());
    const begin = (revision: number): ServerResponse | null => {
      response.writeHead(200, {
        'content-type': format === 'csv' ? `${mediaTypes.csv}; charset=utf-8` : mediaTypes[format],
        'content-disposition': `attachment; filename="items-revision-${revision}.${format}"`,
        'cache-control': 'no-store',
      });
      if (request.method !== 'HEAD') return response;
      response.end();
      return null;
    };
    await exportItems(dataSource, ({ revision }) => begin(revision), { format, caller, domains });
  };
}

const importNames = ['dryRun', 'domain', 'reason'];

/** The parameters of a request; one that is not known is refused, as a slip of the pen would widen an import. */
function parametersOf(request: IncomingMessage, known: readonly string[]): URLSearchParams {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  for (const name of searchParams.keys()) {
    if (!known.includes(name)) {
      throw badUserInput(`There is no parameter "${name}", only ${known.join(', ')}`, [name]);
    }
    if (name !== 'domain' && searchParams.getAll(name).length > 1) {
      throw badUserInput(`The parameter ${name} is given more than once`, [name]);
    }
  }
  return searchParams;
}

interface ImportParameters {
  readonly dryRun: boolean;
  readonly reason: string;
  readonly domains: readonly string[];
}

function importParameters(given: URLSearchParams): ImportParameters {
  const dryRun = given.get('dryRun') ?? 'true';
  if (dryRun !== 'true' && dryRun !== 'false') {
    throw badUserInput(`dryRun is "${dryRun}", wanted true or false`, ['dryRun']);
  }
  const reason = given.get('reason')?.trim();
  if (reason === undefined && dryRun === 'false') {
    throw badUserInput('With dryRun=false a reason is needed, of 4 to 500 characters', ['reason']);
  }
  const unfit = reason === undefined ? null : unfitLength(reason);
  if (unfit !== null) {
    throw badUserInput(`The reason has ${unfit} characters, wanted 4 to 500`, ['reason']);
  }
  return { dryRun: dryRun === 'true', reason: reason ?? '', domains: given.getAll('domain') };
}

/** The body is over the bound. */
class BodyTooLargeError extends Error {}

/** The body, piece by piece; throws as soon as it is over the bound. */
async function* boundedBody(request: IncomingMessage): AsyncGenerator<Buffer> {
  let length = Number(request.headers['content-length'] ?? 0);
  if (length > bounds.bytes) throw new BodyTooLargeError();
  length = 0;
  // Left undestroyed, the rest is taken and thrown away, so that a client that is still sending gets its answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bounds.bytes) throw new BodyTooLargeError();
    yield chunk;
  }
}

/** Whether an error is only that the client went away. */
function hasLeft(response: ServerResponse, error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return response.destroyed && ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'].includes(code ?? '');
}

/** Answers a caller's mistake; what is none is thrown on. */
function sendRefusal(response: ServerResponse, error: unknown): void {
  if (error instanceof BodyTooLargeError) {
    sendJson(response, 413, { error: `The file is over ${bounds.bytes / 1024 / 1024} MB` });
  } else if (error instanceof FileFaultError) {
    sendJson(response, 400, { error: error.message });
  } else if (error instanceof GraphQLError && statuses.has(error.extensions['code'])) {
    const status = statuses.get(error.extensions['code']) ?? 400;
    if (status === 401) response.setHeader('www-authenticate', 'Bearer');
    sendJson(response, status, { error: error.message });
  } else throw error;
}

const statuses = new Map<unknown, number>([
  [errorCodes.badUserInput, 400],
  [errorCodes.unauthenticated, 401],
  [errorCodes.forbidden, 403],
]);
