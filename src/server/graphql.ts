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

/** What the engine itself needs of a request's context. */
export interface IdentifiedRequest {
  readonly requestId: string;
}

/** Makes the engine; the caller starts and stops it. Stopping waits for answers in flight. */
export function createGraphqlServer<C extends IdentifiedRequest>(settings: GraphqlSettings): ApolloServer<C> {
  /** The requests that errors belong to, since formatError is told only the error. */
  const requestIds = new WeakMap<object, string>();
  const requestIdPlugin: ApolloServerPlugin<C> = {
    async requestDidStart({ contextValue }) {
      return {
        async didEncounterErrors({ errors }) {
          for (const error of errors) requestIds.set(error, contextValue.requestId);
        },
      };
    },
  };
  return new ApolloServer<C>({
    schema: settings.schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens },
    formatError: (formatted, error) => {
      if (formatted.extensions?.['code'] !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR) return formatted;
      const requestId = requestIds.get(error as object);
      const masked = mask(formatted);
      settings.log.error(
        { err: unwrapResolverError(error), ...masked.extensions, requestId },
        'unexpected error',
      );
      return masked;
    },
    logger: settings.log,
    plugins: [
      requestIdPlugin,
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

/** What the caller gets of an unexpected error: where it was, and an id under which the log has it. */
function mask({ path, locations }: GraphQLFormattedError): GraphQLFormattedError {
  const id = randomUUID();
  return {
    message: `Internal error; the server's log has it under ${id}`,
    ...(path ? { path } : {}),
    ...(locations ? { locations } : {}),
    extensions: { code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR, id },
  };
}
