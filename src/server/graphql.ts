/** The GraphQL engine: Apollo Server without what we do not use, with bounds, and with unexpected errors masked. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Logger } from '../lib/log';
import { limitsPlugin, maxTokens } from './limits';

export interface GraphqlSettings {
  readonly schema: GraphQLSchema;
  readonly log: Logger;
  readonly httpServer: Server;
}

/** Makes the engine; the caller starts and stops it. Stopping waits for answers in flight. */
export function createGraphqlServer<C extends object>(settings: GraphqlSettings): ApolloServer<C> {
  return new ApolloServer<C>({
    schema: settings.schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens },
    formatError: (formatted, error) => maskUnexpected(formatted, error, settings.log),
    logger: settings.log,
    plugins: [
      limitsPlugin,
      legacyStatusPlugin,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: settings.httpServer, stopGracePeriodMillis: 10_000 }),
    ],
  });
}

/**
 * GraphQL over HTTP, section on application/json: a well-formed request that fails before it is executed is answered
 * with 200, since clients of that older media type take anything else for a fault of the network. Clients that ask
 * for application/graphql-response+json get 400.
 */
const legacyStatusPlugin: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        const accept = request.http?.headers.get('accept') ?? '';
        if (response.http.status === 400 && !accept.includes('application/graphql-response+json')) {
          response.http.status = 200;
        }
      },
    };
  },
};

/** What the caller gets of an error: itself if it was meant for callers, else an id under which the log has it. */
function maskUnexpected(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: Logger,
): GraphQLFormattedError {
  if (formatted.extensions?.['code'] !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR) return formatted;
  const id = randomUUID();
  log.error({ err: unwrapResolverError(error), id, path: formatted.path }, 'unexpected error');
  return {
    message: `Internal error; the server's log has it under ${id}`,
    ...(formatted.path ? { path: formatted.path } : {}),
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    extensions: { code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR, id },
  };
}
