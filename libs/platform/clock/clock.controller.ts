import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '../http/access.js';
import type { CallerRequest } from '../http/request.js';
import { problems } from '../problems/problems.js';
import { AdvanceClockDto, DeskTimeDto } from './clock.dto.js';
import { durationMs } from '../domain/duration.js';
import { DeskTime } from './desk-time.service.js';

@ApiTags('clock')
@ApiBearerAuth()
@Controller('v1/clock')
export class ClockController {
  constructor(private readonly deskTime: DeskTime) {}

  /** Moves the desk's time forward; what falls due on the way happens in due order. Only where CODEGREY_MOVABLE_CLOCK=1. */
  @Post('advance')
  @HttpCode(200)
  @AllowRoles('admin')
  async advance(@Body() body: AdvanceClockDto, @Req() request: CallerRequest): Promise<DeskTimeDto> {
    if (!this.deskTime.isMovable)
      throw problems.conflict('This desk runs on real time. Start it with CODEGREY_MOVABLE_CLOCK=1 to move it.');
    request.longRunning = true;
    const now = await this.deskTime.advance(durationMs(body.by));
    return { now: now.toISOString() };
  }
}
