import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ShiftRequestKind, ShiftRequestState, ShiftRequestTerms } from './domain/shift-request.js';

/** One row of `codegrey.shift_requests`. */
@Entity('shift_requests')
export class ShiftRequest {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'schedule_id' }) scheduleId: string;
  @Column('text') kind: ShiftRequestKind;
  @Column('uuid', { name: 'requester_id', nullable: true }) requesterId: string | null;
  @Column('timestamptz', { name: 'starts_at' }) startsAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
  @Column('timestamptz', { name: 'theirs_starts_at', nullable: true }) theirsStartsAt: Date | null;
  @Column('timestamptz', { name: 'theirs_ends_at', nullable: true }) theirsEndsAt: Date | null;
  /** Asked of one person by name, and not of everybody who is fit. */
  @Column('boolean', { name: 'asked_one' }) askedOne: boolean;
  @Column('text', { nullable: true }) note: string | null;
  @Column('text') state: ShiftRequestState;
  @Column('uuid', { name: 'taker_id', nullable: true }) takerId: string | null;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt: Date | null;
}

/** One row of `codegrey.shift_request_asked`: somebody who was asked. */
@Entity('shift_request_asked')
export class ShiftRequestAsked {
  @PrimaryColumn('uuid', { name: 'request_id' }) requestId: string;
  @PrimaryColumn('uuid', { name: 'responder_id' }) responderId: string;
  @Column('timestamptz', { name: 'refused_at', nullable: true }) refusedAt: Date | null;
}

/** A stored request as the rules take it. */
export function toTerms(request: ShiftRequest): ShiftRequestTerms {
  const { kind, requesterId, startsAt, endsAt, theirsStartsAt, theirsEndsAt } = request;
  return {
    kind,
    requesterId,
    span: { start: startsAt.getTime(), end: endsAt.getTime() },
    theirs: theirsStartsAt && theirsEndsAt ? { start: theirsStartsAt.getTime(), end: theirsEndsAt.getTime() } : null,
  };
}
