import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { ClockPageDto } from '../clocks/index.js';
import { Caller, type Viewer } from '../identity/index.js';
import {
  AllowRoles,
  etag,
  IfMatch,
  PageQuery,
  type CallerRequest,
  type Reply,
  type ReservedKey,
} from '../platform/index.js';
import {
  MergeDto,
  PostUpdateDto,
  ProviderUpdateDto,
  RateSeverityDto,
  ReasonDto,
  ResolveDto,
  RespondDto,
  TimelinePageDto,
} from './case-actions.dto.js';
import { CaseHandling } from './case-handling.service.js';
import { Intake } from './intake.service.js';
import { Merging } from './merging.service.js';
import { CreateTicketDto, TicketDto, TicketPageDto } from './ticket.dto.js';
import { TicketQuery } from './ticket-query.dto.js';
import { TicketReader } from './ticket-reader.service.js';
import { Timeline } from './timeline.service.js';

const readers = ['provider', 'responder', 'coordinator', 'auditor', 'integration'];

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class TicketsController {
  constructor(
    private readonly intake: Intake,
    private readonly reader: TicketReader,
    private readonly handling: CaseHandling,
    private readonly merging: Merging,
    private readonly timelines: Timeline,
  ) {}

  /** Asks for emergency help. Once this is answered, the ticket exists and somebody will be paged, whatever happens. */
  @Post()
  @AllowRoles('provider', 'coordinator', 'integration')
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  async open(
    @Caller() viewer: Viewer,
    @Body() body: CreateTicketDto,
    @Req() request: CallerRequest & { idempotency?: ReservedKey },
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    const ticket = await this.intake.open(viewer, body, request.idempotency);
    void reply.header('location', `/v1/tickets/${ticket.id}`).header('etag', etag(ticket.version));
    return ticket;
  }

  /** Tickets, the newest first. */
  @Get()
  @AllowRoles(...readers)
  list(@Caller() viewer: Viewer, @Query() query: TicketQuery): Promise<TicketPageDto> {
    return this.reader.list(viewer, query);
  }

  /** One ticket, by its id or its reference (in any case, with O for 0 and I or L for 1). */
  @Get(':id')
  @AllowRoles(...readers)
  async get(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.reader.present(viewer, id));
  }

  /** What happened to it, oldest first. */
  @Get(':id/timeline')
  @AllowRoles(...readers)
  timeline(@Caller() viewer: Viewer, @Param('id') id: string, @Query() query: PageQuery): Promise<TimelinePageDto> {
    return this.timelines.ofTicket(viewer, id, query);
  }

  /** Its clocks, in due order. */
  @Get(':id/clocks')
  @AllowRoles(...readers)
  async clocks(@Caller() viewer: Viewer, @Param('id') id: string): Promise<ClockPageDto> {
    return { items: await this.reader.clocksOf(viewer, id), nextCursor: null };
  }

  /** First contact with the provider was made. */
  @Post(':id/respond')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  async respond(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: RespondDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.handling.respond(viewer, id, body, expected));
  }

  /** Overrides the severity; the rating stays on record beside it. */
  @Post(':id/severity')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  async severity(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: RateSeverityDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.handling.rate(viewer, id, body, expected));
  }

  /** Sends a message to the provider. */
  @Post(':id/updates')
  @AllowRoles('responder', 'coordinator')
  update(@Caller() viewer: Viewer, @Param('id') id: string, @Body() body: PostUpdateDto): Promise<ProviderUpdateDto> {
    return this.handling.update(viewer, id, body);
  }

  /** Help is no longer needed. */
  @Post(':id/resolve')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  async resolve(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: ResolveDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.handling.resolve(viewer, id, body.note, expected));
  }

  /** Help is needed again: its clocks go on with the time already used. */
  @Post(':id/reopen')
  @HttpCode(200)
  @AllowRoles('provider', 'responder', 'coordinator')
  async reopen(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: ReasonDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.handling.reopen(viewer, id, body.reason, expected));
  }

  /** The request is none for this desk. */
  @Post(':id/reject')
  @HttpCode(200)
  @AllowRoles('coordinator')
  async reject(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: ReasonDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.handling.reject(viewer, id, body.reason, expected));
  }

  /** Links it to another ticket on the same matter; can be undone. */
  @Post(':id/merge')
  @HttpCode(200)
  @AllowRoles('coordinator')
  merge(@Caller() viewer: Viewer, @Param('id') id: string, @Body() body: MergeDto): Promise<TicketDto> {
    return this.merging.merge(viewer, id, body.into);
  }

  /** Takes a merge back. */
  @Post(':id/unmerge')
  @HttpCode(200)
  @AllowRoles('coordinator')
  unmerge(@Caller() viewer: Viewer, @Param('id') id: string): Promise<TicketDto> {
    return this.merging.unmerge(viewer, id);
  }
}

function tagged(reply: Reply, ticket: TicketDto): TicketDto {
  void reply.header('etag', etag(ticket.version));
  return ticket;
}
