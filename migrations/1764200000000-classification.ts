import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refuseEdits } from './append-only';

/** Who changed which modes when, and the proposals of the two-step review (双审制). */
export class Classification1764200000000 implements MigrationInterface {
  readonly name = 'Classification1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    const create = (table: string, lines: string[]) =>
      runner.query(
        `CREATE TABLE ${table} (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
      );
    const modes = "set('IMMEDIATE', 'ONLINE', 'NEARBY', 'SINGLE_VISIT', 'SELF_SERVICE') NOT NULL";
    const restrict = 'ON DELETE RESTRICT ON UPDATE RESTRICT';

    await create('proposal', [
      'id int UNSIGNED NOT NULL AUTO_INCREMENT',
      "status enum('PROPOSED', 'REVIEWED', 'APPROVED', 'REJECTED', 'WITHDRAWN') NOT NULL",
      'reason varchar(500) NOT NULL',
      `add_modes ${modes}`,
      `remove_modes ${modes}`,
      'fields json NOT NULL',
      'effective_on date NULL',
      'proposer_id varchar(300) NOT NULL',
      'proposed_by varchar(100) NOT NULL',
      'proposed_at datetime(6) NOT NULL',
      'waiting_since datetime(6) NOT NULL',
      'applied_revision int UNSIGNED NULL',
      'not_applied_because varchar(2000) NULL',
      'PRIMARY KEY (id)',
      'INDEX ix_proposal_status (status, applied_revision)',
      `CONSTRAINT fk_proposal_revision FOREIGN KEY (applied_revision) REFERENCES catalog_revision (revision) ${restrict}`,
    ]);
    await create('proposal_item', [
      'proposal_id int UNSIGNED NOT NULL',
      'item_code varchar(33) NOT NULL',
      'PRIMARY KEY (proposal_id, item_code)',
      `CONSTRAINT fk_proposal_item_proposal FOREIGN KEY (proposal_id) REFERENCES proposal (id) ${restrict}`,
      `CONSTRAINT fk_proposal_item_item FOREIGN KEY (item_code) REFERENCES service_item (code) ${restrict}`,
    ]);
    await create('proposal_review', [
      'proposal_id int UNSIGNED NOT NULL',
      'ordinal tinyint UNSIGNED NOT NULL',
      'reviewer_id varchar(300) NOT NULL',
      'reviewed_by varchar(100) NOT NULL',
      "role enum('REVIEWER', 'LEGAL_REVIEWER') NOT NULL",
      'at datetime(6) NOT NULL',
      'approved tinyint(1) NOT NULL',
      'comment varchar(500) NOT NULL',
      'PRIMARY KEY (proposal_id, ordinal)',
      `CONSTRAINT fk_proposal_review_proposal FOREIGN KEY (proposal_id) REFERENCES proposal (id) ${restrict}`,
    ]);
    await create('classification_change', [
      'revision int UNSIGNED NOT NULL',
      'item_code varchar(33) NOT NULL',
      `added ${modes}`,
      `removed ${modes}`,
      'proposal_id int UNSIGNED NULL',
      'PRIMARY KEY (revision, item_code)',
      'INDEX ix_classification_change_item (item_code, revision)',
      `CONSTRAINT fk_classification_change_revision FOREIGN KEY (revision) REFERENCES catalog_revision (revision) ${restrict}`,
      `CONSTRAINT fk_classification_change_item FOREIGN KEY (item_code) REFERENCES service_item (code) ${restrict}`,
      `CONSTRAINT fk_classification_change_proposal FOREIGN KEY (proposal_id) REFERENCES proposal (id) ${restrict}`,
    ]);
    for (const table of ['proposal_review', 'classification_change']) await refuseEdits(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['classification_change', 'proposal_review', 'proposal_item', 'proposal']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
