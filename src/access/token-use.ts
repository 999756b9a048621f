/**
 * Writes down when tokens were used last: behind the answers, one statement at a time, so that it neither delays nor
 * fails a request, whatever the database does.
 */
import type { DataSource } from 'typeorm';
import type { Logger } from '../lib/log';
import { recordUse } from './token.store';

export class TokenUse {
  private readonly due = new Set<string>();
  private writing: Promise<void> | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Logger,
  ) {}

  /** Notes a use; returns at once. */
  note(id: string): void {
    this.due.add(id);
    this.writing ??= this.write();
  }

  /** Settles when what was noted is written, or given up. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.due.size > 0) {
      const ids = [...this.due];
      this.due.clear();
      try {
        await recordUse(this.dataSource, ids);
      } catch (error) {
        this.log.warn({ err: error, tokens: ids }, 'cannot write down when tokens were used');
      }
    }
    this.writing = null;
  }
}
