import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles } from '../platform/index.js';
import { OverrideAddedDto } from './schedule.dto.js';
import { TakeOverDto } from './shift-request.dto.js';
import { TakeOvers } from './take-overs.service.js';

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/schedules/:id/take-over')
export class TakeOverController {
  constructor(private readonly takeOvers: TakeOvers) {}

  /** Takes the running shift of somebody who is busy or ill over, at once. Answers the override by which it is done. */
  @Post()
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator', 'admin')
  takeOver(@Caller() viewer: Viewer, @Param('id') id: string, @Body() body: TakeOverDto): Promise<OverrideAddedDto> {
    return this.takeOvers.takeOver(viewer, id, body);
  }
}
