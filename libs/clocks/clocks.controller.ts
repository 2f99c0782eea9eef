import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles } from '../platform/index.js';
import { ClockDto, ClockPageDto, ClockQuery, PauseClockDto } from './clock.dto.js';
import { ClockPauses } from './clock-pauses.service.js';
import { ClockReader } from './clock-reader.service.js';

@ApiTags('clocks')
@ApiBearerAuth()
@Controller('v1/clocks')
export class ClocksController {
  constructor(
    private readonly reader: ClockReader,
    private readonly pauses: ClockPauses,
  ) {}

  /** Clocks in due order; without `state`, those that have not ended. */
  @Get()
  @AllowRoles('provider', 'responder', 'coordinator', 'auditor', 'integration')
  list(@Caller() viewer: Viewer, @Query() query: ClockQuery): Promise<ClockPageDto> {
    return this.reader.list(viewer, query);
  }

  /** Lets a clock stand still, for one of the policy's reasons. */
  @Post(':id/pause')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  pause(@Caller() viewer: Viewer, @Param('id') id: string, @Body() body: PauseClockDto): Promise<ClockDto> {
    return this.pauses.pause(viewer, id, body.reason);
  }

  /** Lets a clock count on; its due time moves by the length of the pause. */
  @Post(':id/resume')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  resume(@Caller() viewer: Viewer, @Param('id') id: string): Promise<ClockDto> {
    return this.pauses.resume(viewer, id);
  }
}
