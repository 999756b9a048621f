import type { QueryRunner } from 'typeorm';

/**
 * Makes the database refuse to change or delete rows of a table. On MySQL with its binary log on, making triggers
 * takes SUPER or the server's setting log_bin_trust_function_creators.
 */
export async function refuseEdits(runner: QueryRunner, table: string): Promise<void> {
  for (const verb of ['UPDATE', 'DELETE']) {
    await runner.query(
      `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The log is never edited: ${verb} refused'`,
    );
  }
}
