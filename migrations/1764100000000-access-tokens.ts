import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens by which callers show who they are; only their hashes. */
export class AccessTokens1764100000000 implements MigrationInterface {
  readonly name = 'AccessTokens1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    const lines = [
      'id varchar(16) NOT NULL',
      'name varchar(100) NOT NULL',
      '`hash` binary(32) NOT NULL',
      "roles set('CONSUMER', 'EDITOR', 'REVIEWER', 'LEGAL_REVIEWER', 'ADMINISTRATOR') NOT NULL",
      'domains json NOT NULL',
      'created_at datetime(6) NOT NULL',
      'expires_at datetime(6) NULL',
      'revoked_at datetime(6) NULL',
      'last_used_at datetime(6) NULL',
      'PRIMARY KEY (id)',
      'UNIQUE INDEX uq_access_token_hash (`hash`)',
      "CONSTRAINT ck_access_token_roles CHECK (roles <> '')",
    ];
    await runner.query(
      `CREATE TABLE access_token (\n  ${lines.join(',\n  ')}\n) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE access_token');
  }
}
