import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';

/** Of what a calendar is wanted: of one schedule, or of one responder. */
export class CalendarFeedInputDto {
  @IsOptional()
  @IsUUID()
  scheduleId?: string;

  @IsOptional()
  @IsUUID()
  responderId?: string;
}

/** The secret address of a calendar. The address itself is told only once, when it is made. */
export class CalendarFeedDto {
  id: string;
  @ApiProperty({ type: String, nullable: true })
  scheduleId: string | null;
  @ApiProperty({ type: String, nullable: true })
  responderId: string | null;
  createdBy: string;
  createdAt: string;
  /** When it was last read, to the hour; null: never. */
  @ApiProperty({ type: String, nullable: true })
  lastReadAt: string | null;
}

/** A new address. Whoever has it reads the calendar: it is a secret. */
export class CalendarFeedMadeDto extends CalendarFeedDto {
  @ApiProperty({ format: 'uri' })
  url: string;
}

/** A page of addresses, the newest first. */
export class CalendarFeedPageDto {
  items: CalendarFeedDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
