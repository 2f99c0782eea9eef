import { ArrayMaxSize, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { Repeatable } from '../platform/index.js';

/** Which events to send. A repeated parameter means any of its values. */
export class EventQuery {
  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @Matches(/^[a-z][a-z-]{0,40}\.[a-z][a-z-]{0,40}$/, {
    each: true,
    message: 'must be a type of event, such as ticket.opened',
  })
  type?: string[];

  /** Ids of tickets. */
  @IsOptional()
  @Repeatable()
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  ticket?: string[];

  /** The same as the header `Last-Event-ID`, for clients that cannot set it. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  lastEventId?: string;
}
