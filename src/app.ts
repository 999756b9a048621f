/** The composition root: the only file that knows every room. Puts a running API together over a data source. */
import type { AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';
import DataLoader from 'dataloader';
import { readHolidays } from '../seeds/holidays';
import type { Caller } from './access/caller';
import type { Administration, AdministrationContext } from './administration/context';
import { Findings } from './administration/findings';
import { administrationFinders } from './administration/node-finders';
import { Authentication } from './access/authentication';
import type { Directory } from './catalog/directory';
import { GuideRows } from './catalog/guide.loader';
import { itemStateLoader } from './catalog/item-state.loader';
import { ItemRows } from './catalog/item.loader';
import { catalogFinders, type NodeFinder } from './catalog/node.resolver';
import { ClassificationService } from './classification/classification.service';
import { ItemEditing } from './classification/item.editing';
import { ProposalService } from './classification/proposal.service';
import { readProposalsByNumber } from './classification/proposal.store';
import { RecordEditing } from './classification/record.editing';
import type { Config } from './config';
import { pendingMigrations } from './database/data-source';
import type { Logger } from './lib/log';
import { Tail } from './revisions/tail';
import { buildSchema } from './schema';
import { type CatalogView, LiveCatalog } from './search/live-catalog';
import { exchangeRoutes } from './server/exchange-handler';
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
  readonly administration: Administration;
  /** Ends answers in flight, then everything that the app started; the data source stays open. */
  stop(): Promise<void>;
}

export interface AppSettings {
  readonly config: Pick<Config, 'host' | 'port' | 'corsOrigins' | 'oidc' | 'review' | 'warningDays'>;
  readonly dataSource: DataSource;
  readonly log: Logger;
  /** Milliseconds between looks at the log for what other nodes wrote. */
  readonly tailInterval?: number;
  /** Milliseconds between looks for approved proposals whose day has come. */
  readonly dueInterval?: number;
  /** The clock, for tests. */
  readonly now?: () => Date;
}

type RequestContext = AdministrationContext & IdentifiedRequest;

const rowCacheCapacity = 20_000;
const guideCacheCapacity = 2_000;

/** Starts the API; settles when it listens. */
export async function startApp(settings: AppSettings): Promise<App> {
  const { config, dataSource, log, tailInterval = 250 } = settings;
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
  const administration = administrationOf(settings, () => tail.advance());
  const due = startTimer(settings.dueInterval ?? 30_000, log, () => administration.proposals.applyDue());
  const authentication = new Authentication({ dataSource, oidc: config.oidc, log });
  const routes = new Map<string, Handler>([
    ['/', readOnly(explorerHandler())],
    ...exchangeRoutes(authentication, administration),
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
    graphqlHandler(apollo, async (request, { authorization }) => {
      const caller = await authentication.callerOf(authorization);
      return Object.assign(requestContext({ live, rows, guides, administration }, caller), request);
    }),
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
    administration,
    stop: async () => {
      await apollo.stop();
      await due.stop();
      await tail.stop();
      await authentication.settled();
    },
  };
}

const finders = new Map<string, NodeFinder<AdministrationContext>>([
  ...catalogFinders,
  ...administrationFinders,
]);

/** What requests read from. */
interface Readers {
  readonly live: LiveCatalog;
  readonly rows: ItemRows;
  readonly guides: GuideRows;
  readonly administration: Administration;
}

/**
 * Pins the catalog for one request: all of its answer is as of one revision. Apollo Server copies a context's own
 * properties, so what changes when a mutation pins anew is read by accessors of the prototype.
 */
class Pin {
  constructor(private readonly pinned: { view: CatalogView }) {}

  get view(): CatalogView {
    return this.pinned.view;
  }

  get directory(): Directory {
    return this.pinned.view.snapshot.directory;
  }
}

function requestContext(
  { live, rows, guides, administration }: Readers,
  caller: Caller | null,
): AdministrationContext {
  const pinned = { view: live.current };
  const loader = rows.loader();
  const context: AdministrationContext = Object.assign(new Pin(pinned), {
    caller,
    repin: () => void (pinned.view = live.current),
    live,
    loader,
    guides: guides.loader(),
    states: itemStateLoader(administration.dataSource),
    administration,
    proposalLoader: new DataLoader((numbers: readonly number[]) =>
      readProposalsByNumber(administration.dataSource, numbers),
    ),
    findItem: async (code: string) => {
      const item = pinned.view.snapshot.find(code);
      return item ? loader.load({ code, revision: item.revision }) : null;
    },
    findNode: async (type: string, code: string) => (await finders.get(type)?.(code, context)) ?? null,
  });
  return context;
}

/** The services behind the resolvers for staff. */
function administrationOf(
  { config, dataSource, log, now = () => new Date() }: AppSettings,
  advance: () => Promise<void>,
): Administration {
  return {
    dataSource,
    classification: new ClassificationService(dataSource, advance),
    proposals: new ProposalService({ dataSource, committed: advance, now, log }),
    findings: new Findings(dataSource),
    items: new ItemEditing({ dataSource, committed: advance, reviewed: config.review === 'required' }),
    records: new RecordEditing(dataSource, advance),
    review: config.review,
    warningDays: config.warningDays,
    calendar: readHolidays(),
    now,
    advance,
  };
}

/** Does something again and again; a failure is logged, and the next turn tries anew. */
function startTimer(interval: number, log: Logger, work: () => Promise<void>): { stop: () => Promise<void> } {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= work()
      .catch((error: unknown) => log.error({ err: error }, 'a timed task failed'))
      .finally(() => (running = null));
  }, interval);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
