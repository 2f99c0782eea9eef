import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Why somebody is away. */
export type AbsenceKind = 'vacation' | 'illness' | 'training' | 'other';

/** One row of `codegrey.absences`. */
@Entity('absences')
export class Absence {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'responder_id' }) responderId: string;
  @Column('text') kind: AbsenceKind;
  @Column('timestamptz', { name: 'starts_at' }) startsAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
  @Column('text', { nullable: true }) note: string | null;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  /** Taken back at this moment; from then on it counts for nothing. */
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt: Date | null;
}
