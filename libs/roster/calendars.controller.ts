import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, PageQuery, Public, RateLimiter, type CallerRequest, type Reply } from '../platform/index.js';
import { CalendarFeedInputDto, CalendarFeedMadeDto, CalendarFeedPageDto } from './calendar-feed.dto.js';
import { CalendarFeeds } from './calendar-feeds.service.js';
import { ShiftCalendars, type ShiftCalendar } from './shift-calendars.service.js';

const readers = ['responder', 'coordinator', 'auditor', 'admin'];
const calendar = 'text/calendar';

/** Programs look every few minutes; services that look for many people do so from one address. */
const limit = { quota: 300, windowSeconds: 600 };

@ApiTags('calendars')
@Controller('v1')
export class CalendarsController {
  private readonly limiter = new RateLimiter('calendars', limit);

  constructor(
    private readonly calendars: ShiftCalendars,
    private readonly feeds: CalendarFeeds,
  ) {}

  /** Everybody’s shifts by a schedule, as iCalendar (RFC 5545): thirty days back, half a year ahead. */
  @Get('schedules/:id/calendar.ics')
  @ApiBearerAuth()
  @AllowRoles(...readers)
  @ApiProduces(calendar)
  @ApiOkResponse({ schema: { type: 'string' } })
  async ofSchedule(
    @Param('id') id: string,
    @Req() request: CallerRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string | undefined> {
    return answer(await this.calendars.ofSchedule(id), request, reply);
  }

  /** One responder’s shifts by every schedule, as iCalendar (RFC 5545): thirty days back, half a year ahead. */
  @Get('responders/:id/calendar.ics')
  @ApiBearerAuth()
  @AllowRoles(...readers)
  @ApiProduces(calendar)
  @ApiOkResponse({ schema: { type: 'string' } })
  async ofResponder(
    @Param('id') id: string,
    @Req() request: CallerRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string | undefined> {
    return answer(await this.calendars.ofResponder(id), request, reply);
  }

  /** The same by a secret address, for programs that cannot send a credential. */
  @Get('calendars/:token.ics')
  @Public()
  @ApiProduces(calendar)
  @ApiOkResponse({ schema: { type: 'string' } })
  async bySecret(
    @Param('token') token: string,
    @Req() request: CallerRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string | undefined> {
    await this.limiter.take(request.ip, reply);
    return answer(await this.feeds.read(token), request, reply);
  }

  /** Makes a secret address of a schedule’s or a responder’s calendar. It is told only here. */
  @Post('calendars')
  @ApiBearerAuth()
  @AllowRoles(...readers)
  create(@Caller() viewer: Viewer, @Body() body: CalendarFeedInputDto): Promise<CalendarFeedMadeDto> {
    return this.feeds.create(viewer, body);
  }

  /** Secret addresses, the newest first. Responders see their own. */
  @Get('calendars')
  @ApiBearerAuth()
  @AllowRoles(...readers)
  list(@Caller() viewer: Viewer, @Query() query: PageQuery): Promise<CalendarFeedPageDto> {
    return this.feeds.list(viewer, query);
  }

  /** Revokes a secret address: from now on it is unknown. */
  @Delete('calendars/:id')
  @ApiBearerAuth()
  @HttpCode(204)
  @AllowRoles('responder', 'coordinator', 'admin')
  revoke(@Caller() viewer: Viewer, @Param('id') id: string): Promise<void> {
    return this.feeds.revoke(viewer, id);
  }
}

/** A calendar is asked for again at each look, and sent only when it has changed. */
function answer({ text, etag }: ShiftCalendar, request: CallerRequest, reply: Reply): string | undefined {
  void reply
    .header('cache-control', 'private, no-cache')
    .header('etag', etag)
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex, nofollow');
  if (request.headers['if-none-match']?.split(/\s*,\s*/).some((known) => known.replace(/^W\//, '') === etag)) {
    void reply.status(304);
    return undefined;
  }
  void reply.header('content-type', `${calendar}; charset=utf-8`);
  return text;
}
