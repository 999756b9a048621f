import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['service_window', 'outlet', 'kiosk', 'life_event'];

/** Windows, outlets, kiosks and life events are changed under an optimistic lock, and retired rather than deleted. */
export class Versions1764100200000 implements MigrationInterface {
  readonly name = 'Versions1764100200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) {
      await runner.query(
        `ALTER TABLE ${table} ADD version int UNSIGNED NOT NULL DEFAULT 1, ADD retired tinyint NOT NULL DEFAULT 0`,
      );
      await runner.query(`ALTER TABLE ${table} ALTER version DROP DEFAULT, ALTER retired DROP DEFAULT`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables)
      await runner.query(`ALTER TABLE ${table} DROP COLUMN retired, DROP COLUMN version`);
  }
}
