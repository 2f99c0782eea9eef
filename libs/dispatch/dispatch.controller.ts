import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { TicketDto } from '../cases/index.js';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, etag, IfMatch, type Reply } from '../platform/index.js';
import { Candidates } from './candidates.service.js';
import { Claims } from './claims.service.js';
import { Confirmations } from './confirmations.service.js';
import { Declines } from './declines.service.js';
import { CandidatesDto, DeclineDto, HandoverDto, ReinforceDto, ReleaseDto } from './dispatch.dto.js';
import { Handovers } from './handovers.service.js';
import { PagesDto } from './page.dto.js';
import { Pages } from './pages.service.js';
import { Reinforcements } from './reinforcements.service.js';

@ApiTags('dispatch')
@ApiBearerAuth()
@Controller('v1/tickets/:id')
export class DispatchController {
  constructor(
    private readonly claims: Claims,
    private readonly declines: Declines,
    private readonly confirmations: Confirmations,
    private readonly handovers: Handovers,
    private readonly reinforcements: Reinforcements,
    private readonly candidates: Candidates,
    private readonly pages: Pages,
  ) {}

  /** Makes the caller the holder. One wins; the others get 409 with the holder. Who was asked to help the holder joins. */
  @Post('claim')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  async claim(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.claims.claim(viewer, id, expected));
  }

  /** Who was paged will not take it: the next candidate is paged at once. */
  @Post('decline')
  @HttpCode(200)
  @AllowRoles('responder')
  async decline(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: DeclineDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.declines.decline(viewer, id, body));
  }

  /** The holder says that they are still on it; who was asked to answer, that they have read it. It claims nothing. */
  @Post('confirm')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  async confirm(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.confirmations.confirm(viewer, id));
  }

  /** Gives the ticket back: somebody else is found. */
  @Post('release')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  async release(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: ReleaseDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.claims.release(viewer, id, body.note, expected));
  }

  /** Offers the ticket to somebody; it stays with the giver until they accept. */
  @Post('handover')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  async handover(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: HandoverDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.handovers.offer(viewer, id, body, expected));
  }

  /** Takes over a ticket that is offered to the caller. */
  @Post('handover/accept')
  @HttpCode(200)
  @AllowRoles('responder')
  async accept(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.handovers.accept(viewer, id));
  }

  /** Does not take over a ticket that is offered to the caller: it stays where it is. */
  @Post('handover/refuse')
  @HttpCode(200)
  @AllowRoles('responder')
  async refuse(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.handovers.refuse(viewer, id));
  }

  /** Pages more people to the same ticket. They join; the holder stays. */
  @Post('reinforce')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  async reinforce(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: ReinforceDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.reinforcements.ask(viewer, id, body));
  }

  /** Joins the holder of a ticket to which the caller was asked to help. */
  @Post('join')
  @HttpCode(200)
  @AllowRoles('responder')
  async join(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TicketDto> {
    return tagged(reply, await this.claims.join(viewer, id));
  }

  /** Who fits, ranked, each with the reasons; and who is ruled out, and why. */
  @Get('candidates')
  @AllowRoles('responder', 'coordinator', 'auditor')
  async list(@Caller() viewer: Viewer, @Param('id') id: string): Promise<CandidatesDto> {
    return { items: await this.candidates.ofTicket(viewer, id) };
  }

  /** Every page about the ticket, with every attempt to deliver it. */
  @Get('pages')
  @AllowRoles('responder', 'coordinator', 'auditor')
  async paged(@Caller() viewer: Viewer, @Param('id') id: string): Promise<PagesDto> {
    return this.pages.ofTicket(viewer, id);
  }
}

function tagged(reply: Reply, ticket: TicketDto): TicketDto {
  void reply.header('etag', etag(ticket.version));
  return ticket;
}
