import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 办事指南: one row an item, only for items that have a guide. */
export class ItemGuides1764100050000 implements MigrationInterface {
  readonly name = 'ItemGuides1764100050000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE service_item_guide (
      item_code varchar(33) NOT NULL,
      conditions json NOT NULL,
      materials json NOT NULL,
      steps json NOT NULL,
      legal_bases json NOT NULL,
      results json NOT NULL,
      aliases json NOT NULL,
      PRIMARY KEY (item_code),
      CONSTRAINT fk_service_item_guide_item FOREIGN KEY (item_code) REFERENCES service_item (code) ON DELETE RESTRICT ON UPDATE RESTRICT
    ) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE service_item_guide');
  }
}
