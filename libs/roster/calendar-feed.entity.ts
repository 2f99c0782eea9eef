import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row of `codegrey.calendar_feeds`: the calendar of a schedule, or of a responder. */
@Entity('calendar_feeds')
export class CalendarFeed {
  @PrimaryColumn('uuid') id: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash: Buffer;
  @Column('uuid', { name: 'schedule_id', nullable: true }) scheduleId: string | null;
  @Column('uuid', { name: 'responder_id', nullable: true }) responderId: string | null;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'last_read_at', nullable: true }) lastReadAt: Date | null;
}
