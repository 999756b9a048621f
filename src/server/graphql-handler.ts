/** Carries GraphQL requests from HTTP to the engine and its answers back. */
import { HeaderMap } from '@apollo/server';
import type { ApolloServer } from '@apollo/server';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { IdentifiedRequest } from './graphql';
import { type Handler, maxBody, readBody, sendJson } from './http';

/**
 * Answers /graphql; `contextOf` makes a request's context, once its body is read. A GraphQL error that it throws is the
 * answer.
 */
export function graphqlHandler<C extends IdentifiedRequest>(
  apollo: ApolloServer<C>,
  contextOf: (request: IdentifiedRequest, headers: IncomingHttpHeaders) => Promise<C>,
): Handler {
  return async (request, response) => {
    const text = await readBody(request);
    if (text === null) {
      // The rest of the body stays unread, so the connection is of no further use.
      response.setHeader('connection', 'close');
      sendJson(response, 413, { errors: [{ message: `The request body is over ${maxBody} bytes` }] });
      return;
    }
    const body = parseBody(text, request);
    if (body === malformed) {
      sendJson(response, 400, { errors: [{ message: 'The request body is not JSON' }] });
      return;
    }
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: (request.method ?? 'GET').toUpperCase(),
        headers: headersOf(request),
        search: new URL(request.url ?? '/', 'http://localhost').search,
        body,
      },
      context: async () =>
        contextOf({ requestId: String(response.getHeader('x-request-id')) }, request.headers),
    });
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    if (answer.body.kind === 'complete') {
      response.end(answer.body.string);
      return;
    }
    for await (const chunk of answer.body.asyncIterator) response.write(chunk);
    response.end();
  };
}

const malformed = Symbol('malformed');

/** JSON bodies as values; others are left to the engine, which refuses them by their content type. */
function parseBody(text: string, request: IncomingMessage): unknown {
  if (request.method !== 'POST' || !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return text === '' ? undefined : text;
  }
  try {
    return JSON.parse(text);
  } catch {
    return malformed;
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
