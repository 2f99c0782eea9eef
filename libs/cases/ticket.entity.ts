import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  Contact,
  DispatchStatus,
  Handover,
  Impact,
  Needs,
  Ransom,
  TicketFacts,
  TicketState,
  Tlp,
} from './domain/ticket.js';
import type { SeverityLevel } from './domain/severity.js';

/** One row of `codegrey.tickets`. */
@Entity('tickets')
export class Ticket implements TicketFacts {
  @PrimaryColumn('uuid') id: string;
  @Column('text') reference: string;
  @Column('text') state: TicketState;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('uuid', { name: 'provider_id' }) providerId: string;
  @Column('text') country: string;
  @Column('text') tlp: Tlp;
  @Column('boolean') exercise: boolean;
  @Column('text') summary: string;
  @Column('text', { nullable: true }) description: string | null;
  @Column('text', { nullable: true }) classification: string | null;
  @Column('timestamptz', { name: 'detected_at', nullable: true }) detectedAt: Date | null;
  @Column('timestamptz', { name: 'aware_at', nullable: true }) awareAt: Date | null;
  @Column('jsonb', { nullable: true }) impact: Impact | null;
  @Column('jsonb', { nullable: true }) ransom: Ransom | null;
  @Column('jsonb', { nullable: true }) needs: Needs | null;
  @Column('jsonb', { nullable: true }) contact: Contact | null;
  @Column('text', { name: 'severity_level' }) severityLevel: SeverityLevel;
  @Column('text', { name: 'severity_rated' }) severityRated: SeverityLevel;
  @Column('text', { name: 'severity_reasons', array: true }) severityReasons: string[];
  @Column('text', { name: 'severity_override', nullable: true }) severityOverride: string | null;
  @Column('text', { name: 'dispatch_status' }) dispatchStatus: DispatchStatus;
  @Column('integer', { name: 'dispatch_step' }) dispatchStep: number;
  @Column('timestamptz', { name: 'dispatch_next_step_at', nullable: true }) dispatchNextStepAt: Date | null;
  @Column('uuid', { name: 'claimed_by', nullable: true }) claimedBy: string | null;
  @Column('timestamptz', { name: 'claimed_at', nullable: true }) claimedAt: Date | null;
  @Column('uuid', { array: true }) joined: string[];
  @Column('jsonb', { nullable: true }) handover: Handover | null;
  @Column('timestamptz', { name: 'first_response_at', nullable: true }) firstResponseAt: Date | null;
  @Column('boolean', { name: 'callback_verified' }) callbackVerified: boolean;
  @Column('timestamptz', { name: 'resolved_at', nullable: true }) resolvedAt: Date | null;
  @Column('uuid', { name: 'merged_into', nullable: true }) mergedInto: string | null;
  @Column('text', { name: 'state_before_merge', nullable: true }) stateBeforeMerge: TicketState | null;
  @Column('text', { name: 'created_by_role' }) createdByRole: string;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  @Column('integer') version: number;
}
