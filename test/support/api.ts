/** The API over a database of its own, on a free port, asked through HTTP like any client asks. */
import { Writable } from 'node:stream';
import pino from 'pino';
import { type App, type AppSettings, startApp } from '../../src/app';
import { type Config, readConfig } from '../../src/config';
import { createTestDatabase, type TestDatabase } from './database';

export interface GraphqlError {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; argument?: string[]; id?: string };
}

export interface GraphqlAnswer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are as varied as operations
  data?: any;
  errors?: GraphqlError[];
}

export interface TestApi {
  readonly app: App;
  readonly database: TestDatabase;
  /** What the log got, one object a line. */
  readonly logged: Record<string, unknown>[];
  /** Answers an operation, to the bearer of a token if one is given, on another node if it is; errors are part of the answer. */
  ask(query: string, variables?: object, token?: string, url?: string): Promise<GraphqlAnswer>;
  /** The data of an operation that must have no errors. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are as varied as operations
  data(query: string, variables?: object, token?: string): Promise<any>;
  /** The one error of an operation that must fail. */
  error(query: string, variables?: object, token?: string): Promise<GraphqlError>;
  stop(): Promise<void>;
}

/** Starts the API. Its tail does not poll by itself, so that statements can be counted: call `app.tail.advance()`. */
export async function startTestApi(
  config: Partial<Config> = {},
  own: Pick<AppSettings, 'now'> = {},
): Promise<TestApi> {
  const database = await createTestDatabase('seeds');
  const logged: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'trace' },
    new Writable({
      write(line, _encoding, done) {
        logged.push(JSON.parse(String(line)) as Record<string, unknown>);
        done();
      },
    }),
  );
  const app = await startApp({
    config: { ...readConfig({}), port: 0, ...config },
    dueInterval: 3_600_000,
    ...own,
    dataSource: database.dataSource,
    log,
    tailInterval: 3_600_000,
  });
  const ask: TestApi['ask'] = async (query, variables, token, url = app.url) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphqlAnswer;
  };
  return {
    app,
    database,
    logged,
    ask,
    data: async (query, variables, token) => {
      const { data, errors } = await ask(query, variables, token);
      expect(errors).toBeUndefined();
      return data as unknown;
    },
    error: async (query, variables, token) => {
      const { errors } = await ask(query, variables, token);
      expect(errors).toHaveLength(1);
      return errors![0]!;
    },
    stop: async () => {
      await app.stop();
      await database.drop();
    },
  };
}
