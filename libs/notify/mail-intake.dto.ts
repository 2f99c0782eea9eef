import { ApiProperty } from '@nestjs/swagger';

export const mailOutcomes = ['replied', 'joined', 'receipt', 'ignored'] as const;

/** What came of a mail. */
export class MailOutcomeDto {
  /**
   * replied: it answered a page, whose responder has been sent what came of it. joined: it stands in the timeline of its ticket.
   * receipt: it said that a message of the desk was, or was not, delivered. ignored: a program wrote it by itself.
   */
  @ApiProperty({ enum: mailOutcomes })
  outcome: (typeof mailOutcomes)[number];
  /** The ticket that it joined. */
  @ApiProperty({ type: String, nullable: true })
  ticketId: string | null;
  @ApiProperty({ type: String, nullable: true })
  reference: string | null;
  /** What its sender was told. */
  @ApiProperty({ type: String, nullable: true })
  answer: string | null;
}
