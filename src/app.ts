/** The composition root: the only file that knows every room. Puts a running API together over a data source. */
import type { AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';
import { GuideRows } from './catalog/guide.loader';
import { itemStateLoader } from './catalog/item-state.loader';
import { ItemRows } from './catalog/item.loader';
import type { Config } from './config';
import { pendingMigrations } from './database/data-source';
import type { Logger } from './lib/log';
import { Tail } from './revisions/tail';
import { buildSchema } from './schema';
import type { SearchContext } from './search/context';
import { LiveCatalog } from './search/live-catalog';
import { explorerHandler } from './server/explorer';
import { createGraphqlServer, type IdentifiedRequest } from './server/graphql';
import { graphqlHandler } from './server/graphql-handler';
import { healthHandler, readinessHandler } from './server/health';
import { createHttpServer, type Handler, readOnly } from './server/http';

export interface App {
  /** Where it listens, e.g. `http://localhost:4000`. */
  readonly url: string;
  readonly live: LiveCatalog;
  readonly rows: ItemRows;
  readonly guides: GuideRows;
  readonly tail: Tail;
  /** Ends answers in flight, then everything that the app started; the data source stays open. */
  stop(): Promise<void>;
}

export interface AppSettings {
  readonly config: Pick<Config, 'host' | 'port' | 'corsOrigins'>;
  readonly dataSource: DataSource;
  readonly log: Logger;
  /** Milliseconds between looks at the log for what other nodes wrote. */
  readonly tailInterval?: number;
}

type RequestContext = SearchContext & IdentifiedRequest;

const rowCacheCapacity = 20_000;
const guideCacheCapacity = 2_000;

/** Starts the API; settles when it listens. */
export async function startApp({ config, dataSource, log, tailInterval = 250 }: AppSettings): Promise<App> {
  const live = await LiveCatalog.load(dataSource);
  const rows = new ItemRows(dataSource, rowCacheCapacity);
  const guides = new GuideRows(dataSource, guideCacheCapacity);
  const tail = new Tail({
    dataSource,
    from: live.current.head.revision,
    follower: (head, changes) => live.follow(head, changes),
    interval: tailInterval,
    log,
  });
  const routes = new Map<string, Handler>([
    ['/', readOnly(explorerHandler())],
    ['/healthz', readOnly(healthHandler)],
    [
      '/readyz',
      readOnly(
        readinessHandler({
          database: async () => {
            await dataSource.query('SELECT 1');
            return null;
          },
          schema: async () => {
            const pending = await pendingMigrations(dataSource);
            return pending.length === 0
              ? null
              : `behind by ${pending.join(', ')}; run: npm run cli -- migrate`;
          },
          index: async () => (tail.failing ? 'cannot follow the revision log' : null),
        }),
      ),
    ],
  ]);
  const httpServer = createHttpServer({ routes, corsOrigins: config.corsOrigins, log });
  const apollo = createGraphqlServer<RequestContext>({ schema: buildSchema(), log, httpServer });
  await apollo.start();
  routes.set(
    '/graphql',
    graphqlHandler(apollo, (request) => ({
      ...request,
      ...pinnedCatalog(live, rows, guides, dataSource),
      caller: null,
    })),
  );
  await new Promise<void>((settle, fail) => {
    httpServer.once('error', fail);
    httpServer.listen(config.port, config.host, settle);
  });
  tail.start();
  const { port } = httpServer.address() as AddressInfo;
  const host = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(config.host) ? 'localhost' : config.host;
  return {
    url: `http://${host}:${port}`,
    live,
    rows,
    guides,
    tail,
    stop: async () => {
      await apollo.stop();
      await tail.stop();
    },
  };
}

/** Pins the catalog for one request: all of its answer is as of one revision. */
function pinnedCatalog(
  live: LiveCatalog,
  rows: ItemRows,
  guides: GuideRows,
  dataSource: DataSource,
): Omit<SearchContext, 'caller'> {
  const view = live.current;
  const loader = rows.loader();
  return {
    view,
    live,
    loader,
    guides: guides.loader(),
    states: itemStateLoader(dataSource),
    directory: view.snapshot.directory,
    findItem: async (code) => {
      const item = view.snapshot.find(code);
      return item ? loader.load({ code, revision: item.revision }) : null;
    },
  };
}
