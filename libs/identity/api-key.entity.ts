import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from './viewer.js';

/** A credential of a program or a person. Only its hash is kept: the key itself is shown once. */
@Entity('api_keys')
export class ApiKey {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  /** SHA-256 of the key. The key has 256 bits of its own, so that no slow hash is needed. */
  @Column('bytea')
  hash: Buffer;

  /** The last characters of the key, by which people tell keys apart. */
  @Column('text')
  hint: string;

  @Column('text')
  role: Role;

  @Column('uuid', { name: 'principal_id' })
  principalId: string;

  @Column('uuid', { name: 'provider_id', nullable: true })
  providerId: string | null;

  @Column('text', { array: true, nullable: true })
  countries: string[] | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
