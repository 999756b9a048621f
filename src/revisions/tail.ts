/**
 * Follows the log. Own writes are followed at once, those of other nodes by polling; a follower gets every revision
 * exactly once and in order, and one that fell behind catches up from the log alone.
 */
import type { DataSource } from 'typeorm';
import type { Logger } from '../lib/log';
import { type CatalogHead, readChanges, readHead } from './history';
import type { Change } from './log';

/** Takes the reader from one revision to a later one. */
export type Follower = (head: CatalogHead, changes: readonly Change[]) => void;

export interface TailSettings {
  readonly dataSource: DataSource;
  /** The revision that the follower already has. */
  readonly from: number;
  readonly follower: Follower;
  /** Milliseconds between polls. */
  readonly interval: number;
  readonly log: Logger;
}

export class Tail {
  private revision: number;
  private running: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private lastFailed = false;

  constructor(private readonly settings: TailSettings) {
    this.revision = settings.from;
  }

  /** Whether the last look at the log failed, so that this node may be behind. */
  get failing(): boolean {
    return this.lastFailed;
  }

  /** Begins to poll. */
  start(): void {
    this.timer = setInterval(() => {
      this.advance().then(
        () => (this.lastFailed = false),
        (error: unknown) => {
          // Said once, not four times a second, while the database is away.
          if (!this.lastFailed) this.settings.log.error({ err: error }, 'cannot follow the revision log');
          this.lastFailed = true;
        },
      );
    }, this.settings.interval);
    this.timer.unref();
  }

  /** Brings the follower to the last revision that was committed before this call. */
  async advance(): Promise<void> {
    // A step that is under way may have looked before the caller's revision was committed.
    await this.running?.catch(() => undefined);
    this.running ??= this.step().finally(() => (this.running = null));
    await this.running;
  }

  /** Ends polling; settles when nothing is under way any more. */
  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running?.catch(() => undefined);
  }

  private async step(): Promise<void> {
    const { dataSource, follower } = this.settings;
    const head = await readHead(dataSource);
    if (head.revision === this.revision) return;
    const changes = await readChanges(dataSource, this.revision, head.revision, Number.MAX_SAFE_INTEGER);
    follower(head, changes);
    this.revision = head.revision;
  }
}
