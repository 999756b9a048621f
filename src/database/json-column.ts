/** The value of a JSON column: MariaDB's driver gives it as text, MySQL's as a value. */
export function readJson(column: unknown): unknown {
  return typeof column === 'string' ? JSON.parse(column) : column;
}
