/** The table of access tokens. Only a token's hash is kept: who reads the table cannot sign in with what it holds. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type Role, roles } from './caller';

@Entity('access_token')
@Index('uq_access_token_hash', ['hash'], { unique: true })
export class AccessToken {
  /** Public: names the token in lists, in the log of changes, and when it is revoked. */
  @PrimaryColumn({ type: 'varchar', length: 16 })
  id!: string;

  /** For people: whom or what the token is for. */
  @Column({ type: 'varchar', length: 100 })
  name!: string;

  /** SHA-256 of the token. It has 256 random bits, so neither salt nor a slow hash would add anything. */
  @Column({ type: 'binary', length: 32 })
  hash!: Buffer;

  @Column({ type: 'set', enum: roles })
  roles!: Role[];

  /** Codes of the domains that the bearer may change. */
  @Column({ type: 'json' })
  domains!: string[];

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  /** The moment from which it is refused; null for never. */
  @Column({ name: 'expires_at', type: 'datetime', precision: 6, nullable: true })
  expiresAt!: Date | null;

  /** The moment from which it is refused for good; null for one that is in force. */
  @Column({ name: 'revoked_at', type: 'datetime', precision: 6, nullable: true })
  revokedAt!: Date | null;

  /** To the minute; null for one that nobody used yet. */
  @Column({ name: 'last_used_at', type: 'datetime', precision: 6, nullable: true })
  lastUsedAt!: Date | null;
}
