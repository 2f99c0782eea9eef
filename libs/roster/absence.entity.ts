import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Why somebody is away. `busy`: their own calendar says so. */
export type AbsenceKind = 'vacation' | 'illness' | 'training' | 'busy' | 'other';

/** Where an absence comes from: written down here, an imported file, or the calendar that is followed by its address. */
export type AbsenceSource = 'entered' | 'file' | 'calendar';

/** One row of `codegrey.absences`. */
@Entity('absences')
export class Absence {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'responder_id' }) responderId: string;
  @Column('text') kind: AbsenceKind;
  @Column('timestamptz', { name: 'starts_at' }) startsAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
  @Column('text', { nullable: true }) note: string | null;
  @Column('text') source: AbsenceSource;
  /** The UID of the calendar event (RFC 5545 section 3.8.4.7) it was imported from. */
  @Column('text', { name: 'source_uid', nullable: true }) sourceUid: string | null;
  /** Null: the desk itself, following a calendar. */
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  /** Taken back at this moment; from then on it counts for nothing. */
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt: Date | null;
}
