import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody at the provider, under the name of their role, and how to reach them when its own systems are down. */
export interface ProviderContact {
  name: string;
  phone?: string;
  email?: string;
  language?: string;
  /** When somebody last proved that it works, RFC 3339. Only then may it be called back. */
  verifiedAt?: string;
}

/** One row of `codegrey.providers`. */
@Entity('providers')
export class Provider {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text') country: string;
  @Column('text', { nullable: true }) region: string | null;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('text') kind: string;
  @Column('text', { array: true }) languages: string[];
  @Column('jsonb') contacts: ProviderContact[];
  @Column('text', { array: true }) products: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('integer') version: number;
}
