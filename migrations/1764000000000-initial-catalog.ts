import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseEdits } from './append-only';

/**
 * The catalog's tables and the revision log. Text compares by code point (utf8mb4_bin), whatever the database's
 * default is: rare characters are told apart, and full width from half width.
 */
export class InitialCatalog1764000000000 implements MigrationInterface {
  readonly name = 'InitialCatalog1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    const create = (table: string, lines: string[]) =>
      runner.query(
        `CREATE TABLE ${table} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
      );

    await create('catalog_state', [
      'id tinyint NOT NULL',
      'revision int UNSIGNED NOT NULL',
      'updated_at datetime(6) NOT NULL',
      'notice varchar(500) NULL',
      'PRIMARY KEY (id)',
      'CONSTRAINT ck_catalog_state_single CHECK (id = 1)',
    ]);
    await runner.query(
      'INSERT INTO catalog_state (id, revision, updated_at, notice) VALUES (1, 0, UTC_TIMESTAMP(6), NULL)',
    );
    await create('catalog_revision', [
      'revision int UNSIGNED NOT NULL',
      'at datetime(6) NOT NULL',
      'actor varchar(100) NOT NULL',
      'reason varchar(500) NOT NULL',
      'hash char(64) NOT NULL',
      'PRIMARY KEY (revision)',
    ]);
    await create('catalog_change', [
      'revision int UNSIGNED NOT NULL',
      "kind enum('domain', 'department', 'window', 'outlet', 'kiosk', 'item') NOT NULL",
      'code varchar(33) NOT NULL',
      '`before` json NULL',
      '`after` json NULL',
      'PRIMARY KEY (revision, kind, code)',
      'INDEX ix_catalog_change_record (kind, code, revision)',
      'CONSTRAINT fk_catalog_change_revision FOREIGN KEY (revision) REFERENCES catalog_revision (revision) ON DELETE RESTRICT ON UPDATE RESTRICT',
    ]);
    await create('service_domain', [
      'code varchar(8) NOT NULL',
      'name varchar(100) NOT NULL',
      'name_en varchar(100) NOT NULL',
      'description varchar(500) NULL',
      'PRIMARY KEY (code)',
      'UNIQUE INDEX uq_service_domain_name (name)',
    ]);
    await create('department', [
      'code varchar(18) NOT NULL',
      'name varchar(100) NOT NULL',
      'PRIMARY KEY (code)',
      'UNIQUE INDEX uq_department_name (name)',
    ]);
    await create('service_window', [
      'code varchar(16) NOT NULL',
      'name varchar(100) NOT NULL',
      'domain_code varchar(8) NOT NULL',
      'hall varchar(100) NOT NULL',
      'counter varchar(100) NOT NULL',
      'opening_hours json NOT NULL',
      'phone varchar(30) NULL',
      'PRIMARY KEY (code)',
      'UNIQUE INDEX uq_service_window_name (name)',
      'CONSTRAINT fk_service_window_domain FOREIGN KEY (domain_code) REFERENCES service_domain (code) ON DELETE RESTRICT ON UPDATE RESTRICT',
    ]);
    await create('outlet', [
      'code varchar(16) NOT NULL',
      'name varchar(100) NOT NULL',
      "level enum('COUNTY', 'TOWNSHIP', 'VILLAGE') NOT NULL",
      'township varchar(50) NOT NULL',
      'latitude double NOT NULL',
      'longitude double NOT NULL',
      'phone varchar(30) NULL',
      'opening_hours json NOT NULL',
      'PRIMARY KEY (code)',
      'UNIQUE INDEX uq_outlet_name (name)',
      'CONSTRAINT ck_outlet_place CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)',
    ]);
    await create('kiosk', [
      'code varchar(16) NOT NULL',
      'name varchar(100) NOT NULL',
      'address varchar(200) NOT NULL',
      'latitude double NOT NULL',
      'longitude double NOT NULL',
      'opening_hours json NOT NULL',
      'PRIMARY KEY (code)',
      'UNIQUE INDEX uq_kiosk_name (name)',
      'CONSTRAINT ck_kiosk_place CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)',
    ]);
    await create('service_item', [
      'code varchar(33) NOT NULL',
      'name varchar(200) NOT NULL',
      'summary varchar(500) NOT NULL',
      "kind enum('LICENSING', 'CONFIRMATION', 'PAYMENT', 'REWARD', 'ADJUDICATION', 'LEVY', 'OTHER_POWER', 'PUBLIC_SERVICE') NOT NULL",
      "status enum('PUBLISHED', 'SUSPENDED', 'RETIRED') NOT NULL",
      "audiences set('NATURAL_PERSON', 'LEGAL_PERSON') NOT NULL",
      'window_code varchar(16) NOT NULL',
      'department_code varchar(18) NOT NULL',
      "modes set('IMMEDIATE', 'ONLINE', 'NEARBY', 'SINGLE_VISIT', 'SELF_SERVICE') NOT NULL",
      'version int UNSIGNED NOT NULL',
      'revision int UNSIGNED NOT NULL',
      'updated_at datetime(6) NOT NULL',
      'legal_working_days smallint UNSIGNED NULL',
      'promised_working_days smallint UNSIGNED NOT NULL',
      'on_site_visits tinyint UNSIGNED NOT NULL',
      'fee varchar(200) NULL',
      'online_url varchar(500) NULL',
      'PRIMARY KEY (code)',
      'UNIQUE INDEX uq_service_item_name (name)',
      'CONSTRAINT fk_service_item_window FOREIGN KEY (window_code) REFERENCES service_window (code) ON DELETE RESTRICT ON UPDATE RESTRICT',
      'CONSTRAINT fk_service_item_department FOREIGN KEY (department_code) REFERENCES department (code) ON DELETE RESTRICT ON UPDATE RESTRICT',
      "CONSTRAINT ck_service_item_audiences CHECK (audiences <> '')",
      'CONSTRAINT ck_service_item_promise CHECK (legal_working_days IS NULL OR promised_working_days <= legal_working_days)',
      "CONSTRAINT ck_service_item_immediate CHECK (FIND_IN_SET('IMMEDIATE', modes) = 0 OR promised_working_days <= 1)",
      "CONSTRAINT ck_service_item_online CHECK (FIND_IN_SET('ONLINE', modes) = 0 OR online_url IS NOT NULL)",
      "CONSTRAINT ck_service_item_single_visit CHECK (FIND_IN_SET('SINGLE_VISIT', modes) = 0 OR on_site_visits <= 1)",
    ]);
    for (const place of ['outlet', 'kiosk']) {
      await create(`service_item_${place}`, [
        'item_code varchar(33) NOT NULL',
        `${place}_code varchar(16) NOT NULL`,
        `PRIMARY KEY (item_code, ${place}_code)`,
        `INDEX ix_service_item_${place}_${place} (${place}_code)`,
        `CONSTRAINT fk_service_item_${place}_item FOREIGN KEY (item_code) REFERENCES service_item (code) ON DELETE RESTRICT ON UPDATE RESTRICT`,
        `CONSTRAINT fk_service_item_${place}_${place} FOREIGN KEY (${place}_code) REFERENCES ${place} (code) ON DELETE RESTRICT ON UPDATE RESTRICT`,
      ]);
    }
    for (const table of ['catalog_revision', 'catalog_change']) await refuseEdits(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'service_item_kiosk',
      'service_item_outlet',
      'service_item',
      'kiosk',
      'outlet',
      'service_window',
      'department',
      'service_domain',
      'catalog_change',
      'catalog_revision',
      'catalog_state',
    ];
    for (const table of tables) await runner.query(`DROP TABLE ${table}`);
  }
}
