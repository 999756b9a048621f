/**
 * Opaque cursors. A cursor says in which list, as of which revision and behind which key a reader stands. Its
 * checksum finds cursors that were cut or mistyped; it is no secret, since a cursor grants nothing.
 */
export interface Cursor {
  /** Fingerprint of the list: what is filtered and ordered how, see {@link fingerprint}. */
  readonly list: string;
  /** The catalog revision that the list is read as of. */
  readonly revision: number;
  /** The natural key of the row that the cursor stands on. */
  readonly key: string;
}

const separator = '\n';

/** A short hash (FNV-1a, 32 bit) for telling lists apart and finding typing errors; not cryptographic. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** The text form of a cursor. */
export function encodeCursor({ list, revision, key }: Cursor): string {
  const body = [list, revision.toString(36), key].join(separator);
  return Buffer.from(body + separator + fingerprint(body)).toString('base64url');
}

/** The cursor that a text stands for, or null if no encoder made this text. */
export function decodeCursor(text: string): Cursor | null {
  const parts = Buffer.from(text, 'base64url').toString().split(separator);
  const [list, revision, key, checksum] = parts;
  if (parts.length !== 4 || list === undefined || revision === undefined || key === undefined) return null;
  if (fingerprint([list, revision, key].join(separator)) !== checksum) return null;
  return { list, revision: parseInt(revision, 36), key };
}
