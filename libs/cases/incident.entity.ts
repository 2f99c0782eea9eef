import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Phase } from './domain/incident-phase.js';
import type { Tlp } from './domain/ticket.js';

/** A published post-incident review. */
export interface Review {
  summary: string;
  text: string | null;
  publishedBy: string;
  /** RFC 3339. */
  publishedAt: string;
}

/** One row of `codegrey.incidents`. */
@Entity('incidents')
export class Incident {
  @PrimaryColumn('uuid') id: string;
  @Column('text') reference: string;
  @Column('uuid', { name: 'provider_id' }) providerId: string;
  @Column('text') country: string;
  @Column('text') tlp: Tlp;
  @Column('boolean') exercise: boolean;
  @Column('text') phase: Phase;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  @Column('timestamptz', { name: 'contained_at', nullable: true }) containedAt: Date | null;
  @Column('timestamptz', { name: 'recovered_at', nullable: true }) recoveredAt: Date | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt: Date | null;
  @Column('jsonb', { nullable: true }) review: Review | null;
  @Column('integer') version: number;
}

/** One row of `codegrey.incident_services`. */
@Entity('incident_services')
export class IncidentService {
  @PrimaryColumn('uuid', { name: 'incident_id' }) incidentId: string;
  @PrimaryColumn('text') service: string;
  @Column('text') status: 'down' | 'degraded' | 'ok';
  @Column('timestamptz', { name: 'down_since', nullable: true }) downSince: Date | null;
  @Column('timestamptz', { name: 'restored_at', nullable: true }) restoredAt: Date | null;
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
}
