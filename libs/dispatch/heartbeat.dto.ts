import { ApiProperty } from '@nestjs/swagger';

/** The sign of life to somebody outside. */
export class HeartbeatDto {
  /** Whether there is anybody to send it to. */
  configured: boolean;
  /** Why it is withheld at this moment; empty: every open ticket has a next step that is on time. */
  withheldBecause: string[];
  /** When one was taken last. */
  @ApiProperty({ type: String, nullable: true })
  sentAt: string | null;
  /** When one was sent last and not taken. */
  @ApiProperty({ type: String, nullable: true })
  failedAt: string | null;
  /** Why the last one was not taken; null: it was. */
  @ApiProperty({ type: String, nullable: true })
  error: string | null;
}
