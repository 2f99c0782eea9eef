import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChannelName } from './domain/channel-name.js';

/** One way to reach a responder. Only verified ones are used for pages. */
@Entity('contact_methods')
export class ContactMethod {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'responder_id' })
  responderId: string;

  @Column('text')
  channel: ChannelName;

  /** An e-mail address, a telephone number, a Matrix id or a URL, as the channel wants it. */
  @Column('text')
  address: string;

  /** The signing secret of a webhook, or the keys of a push subscription as JSON, as the secret box seals it. */
  @Column('text', { name: 'sealed_secret', nullable: true })
  sealedSecret: string | null;

  /** The responder's own order, counted from 0. */
  @Column('integer')
  position: number;

  @Column('timestamptz', { name: 'verified_at', nullable: true })
  verifiedAt: Date | null;

  /** Since when every attempt by it has failed; null: the last one worked. */
  @Column('timestamptz', { name: 'failing_since', nullable: true })
  failingSince: Date | null;

  /** How often it has failed since it last worked. */
  @Column('integer')
  failures: number;

  /** Of the last failure, without the address; null: it works. */
  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;

  /** Whether the last failure came after the message had been taken over (a bounce). */
  @Column('boolean')
  returned: boolean;

  /** When its owner and the coordinators were told that it fails; null: there is nothing to tell. */
  @Column('timestamptz', { name: 'reported_failing_at', nullable: true })
  reportedFailingAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('integer')
  version: number;
}
