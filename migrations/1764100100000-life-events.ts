import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 一件事: life events and their ordered items; the log tells of them too. */
export class LifeEvents1764100100000 implements MigrationInterface {
  readonly name = 'LifeEvents1764100100000';

  async up(runner: QueryRunner): Promise<void> {
    const create = (table: string, lines: string[]) =>
      runner.query(
        `CREATE TABLE ${table} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
      );
    await create('life_event', [
      'code varchar(16) NOT NULL',
      'name varchar(100) NOT NULL',
      'summary varchar(500) NOT NULL',
      "audience enum('NATURAL_PERSON', 'LEGAL_PERSON') NOT NULL",
      'PRIMARY KEY (code)',
      'UNIQUE INDEX uq_life_event_name (name)',
    ]);
    await create('life_event_item', [
      'life_event_code varchar(16) NOT NULL',
      'position smallint UNSIGNED NOT NULL',
      'item_code varchar(33) NOT NULL',
      'PRIMARY KEY (life_event_code, position)',
      'UNIQUE INDEX uq_life_event_item_item (life_event_code, item_code)',
      'INDEX ix_life_event_item_item (item_code)',
      'CONSTRAINT fk_life_event_item_life_event FOREIGN KEY (life_event_code) REFERENCES life_event (code) ON DELETE RESTRICT ON UPDATE RESTRICT',
      'CONSTRAINT fk_life_event_item_item FOREIGN KEY (item_code) REFERENCES service_item (code) ON DELETE RESTRICT ON UPDATE RESTRICT',
    ]);
    await runner.query(
      "ALTER TABLE catalog_change MODIFY kind enum('domain', 'department', 'window', 'outlet', 'kiosk', 'item', 'lifeEvent') NOT NULL",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    // What the log says of a noun that there is no longer goes with it; the column could not hold it.
    await runner.query("DELETE FROM catalog_change WHERE kind = 'lifeEvent'");
    await runner.query(
      "ALTER TABLE catalog_change MODIFY kind enum('domain', 'department', 'window', 'outlet', 'kiosk', 'item') NOT NULL",
    );
    await runner.query('DROP TABLE life_event_item');
    await runner.query('DROP TABLE life_event');
  }
}
