import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { QuietHours, Standby } from './domain/availability.js';
import type { EscalationPolicy } from './domain/escalation-policy.js';
import type { ScheduleDefinition } from './domain/schedule.js';

/** Whether somebody takes tickets, or runs the desk. */
export type DeskRole = 'responder' | 'coordinator';

/** One row of `codegrey.responders`: an expert on the advisory-board roster, or a coordinator of the desk. */
@Entity('responders')
export class Responder {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text', { name: 'desk_role' }) deskRole: DeskRole;
  @Column('text', { array: true }) skills: string[];
  /** Of those skills whose level was said. */
  @Column('jsonb', { name: 'skill_levels' }) skillLevels: Record<string, number>;
  @Column('text', { array: true }) languages: string[];
  @Column('text', { array: true }) countries: string[];
  @Column('text', { array: true }) mandates: string[];
  @Column('integer', { name: 'max_open_tickets' }) maxOpenTickets: number;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('jsonb', { name: 'quiet_hours' }) quietHours: QuietHours[];
  @Column('boolean') active: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('integer') version: number;
}

/** One row of `codegrey.responder_standby`: what somebody has said of themselves for a while. */
@Entity('responder_standby')
export class ResponderStandby {
  @PrimaryColumn('uuid', { name: 'responder_id' }) responderId: string;
  @Column('text') status: Standby['status'];
  @Column('timestamptz') until: Date;
  @Column('uuid', { name: 'set_by' }) setBy: string;
  @Column('timestamptz', { name: 'set_at' }) setAt: Date;
}

/** One row of `codegrey.teams`. */
@Entity('teams')
export class Team {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('uuid', { array: true }) members: string[];
  @Column('integer') version: number;
}

/** A schedule as it is kept: layers with their instants as RFC 3339. */
export interface StoredLayer {
  name: string;
  startsAt: string | null;
  endsAt: string | null;
  rotation: ScheduleDefinition['layers'][number]['rotation'];
  restrictions: ScheduleDefinition['layers'][number]['restrictions'];
}

/** One row of `codegrey.schedules`. */
@Entity('schedules')
export class Schedule {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('jsonb') definition: { timeZone: string; layers: StoredLayer[] };
  @Column('integer') version: number;
}

/** One row of `codegrey.schedule_overrides`. */
@Entity('schedule_overrides')
export class ScheduleOverride {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'schedule_id' }) scheduleId: string;
  @Column('text') kind: 'replace' | 'add' | 'remove';
  @Column('uuid', { name: 'responder_id' }) responderId: string;
  @Column('uuid', { nullable: true }) replaces: string | null;
  @Column('timestamptz', { name: 'starts_at' }) startsAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
}

/** One row of `codegrey.escalation_policies`. */
@Entity('escalation_policies')
export class EscalationPolicyRow {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('jsonb') definition: Pick<EscalationPolicy, 'appliesTo' | 'steps' | 'repeat'>;
  @Column('integer') version: number;
}
