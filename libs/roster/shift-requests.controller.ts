import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, type Reply } from '../platform/index.js';
import { ShiftRequestAnswers } from './shift-request-answers.service.js';
import {
  ShiftRequestAnswerDto,
  ShiftRequestDto,
  ShiftRequestInputDto,
  ShiftRequestPageDto,
  ShiftRequestQuery,
  ShiftRequestWarnedDto,
} from './shift-request.dto.js';
import { ShiftRequests } from './shift-requests.service.js';

const writers = ['responder', 'coordinator', 'admin'];

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/shift-requests')
export class ShiftRequestsController {
  constructor(
    private readonly requests: ShiftRequests,
    private readonly answers: ShiftRequestAnswers,
  ) {}

  /** Asks somebody, or everybody who is fit, to take a shift or to swap it. Nothing changes until one of them accepts. */
  @Post()
  @AllowRoles(...writers)
  async create(
    @Caller() viewer: Viewer,
    @Body() body: ShiftRequestInputDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ShiftRequestWarnedDto> {
    const made = await this.requests.create(viewer, body);
    void reply.header('location', `/v1/shift-requests/${made.id}`);
    return made;
  }

  /** Requests, the newest first. Responders see theirs and those that are asked of them. */
  @Get()
  @AllowRoles(...writers, 'auditor')
  list(@Caller() viewer: Viewer, @Query() query: ShiftRequestQuery): Promise<ShiftRequestPageDto> {
    return this.requests.list(viewer, query);
  }

  @Get(':id')
  @AllowRoles(...writers, 'auditor')
  get(@Caller() viewer: Viewer, @Param('id') id: string): Promise<ShiftRequestDto> {
    return this.requests.get(viewer, id);
  }

  /** Takes the shift: one of those who accept has it, and the plan is changed at once. */
  @Post(':id/accept')
  @HttpCode(200)
  @AllowRoles(...writers)
  accept(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() { onBehalfOf }: ShiftRequestAnswerDto,
  ): Promise<ShiftRequestWarnedDto> {
    return this.answers.accept(viewer, id, onBehalfOf);
  }

  /** Does not take it. When everybody who was asked has refused, the request ends. */
  @Post(':id/refuse')
  @HttpCode(200)
  @AllowRoles(...writers)
  refuse(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() { onBehalfOf }: ShiftRequestAnswerDto,
  ): Promise<ShiftRequestDto> {
    return this.answers.refuse(viewer, id, onBehalfOf);
  }

  /** Takes the request back. */
  @Post(':id/withdraw')
  @HttpCode(200)
  @AllowRoles(...writers)
  withdraw(@Caller() viewer: Viewer, @Param('id') id: string): Promise<ShiftRequestDto> {
    return this.answers.withdraw(viewer, id);
  }
}
