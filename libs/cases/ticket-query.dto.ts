import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { IsPlainText, PageQuery, Repeatable } from '../platform/index.js';
import { SEVERITY_LEVELS, type SeverityLevel } from './domain/severity.js';
import { TICKET_STATES, type TicketState } from './domain/ticket.js';

const uuidOrMe = /^(me|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Which tickets to list. A repeated parameter means any of its values. */
export class TicketQuery extends PageQuery {
  @IsOptional()
  @Repeatable()
  @IsIn(TICKET_STATES, { each: true })
  state?: TicketState[];

  @IsOptional()
  @Repeatable()
  @IsIn(SEVERITY_LEVELS, { each: true })
  severity?: SeverityLevel[];

  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  providerId?: string[];

  /** Ids of responders, or `me`. */
  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @Matches(uuidOrMe, { each: true, message: 'must be the id of a responder, or me' })
  claimedBy?: string[];

  /** Whether only exercises, or none. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  exercise?: boolean;

  /** Words that stand in the summary or the description. */
  @IsOptional()
  @IsPlainText()
  @MaxLength(200)
  q?: string;
}
