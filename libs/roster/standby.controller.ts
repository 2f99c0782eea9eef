import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles } from '../platform/index.js';
import { SetStandbyDto, StandbyDto } from './standby.dto.js';
import { Standbys } from './standby.service.js';

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/responders/:id/standby')
export class StandbyController {
  constructor(private readonly standbys: Standbys) {}

  /** What somebody says of themselves now. */
  @Get()
  @AllowRoles('responder', 'coordinator', 'auditor', 'admin')
  get(@Param('id') id: string): Promise<StandbyDto> {
    return this.standbys.of(id);
  }

  /** Says that they are awake, driving, or not to be paged before some time. It ends by itself. */
  @Put()
  @AllowRoles('responder', 'coordinator', 'admin')
  set(@Caller() viewer: Viewer, @Param('id') id: string, @Body() body: SetStandbyDto): Promise<StandbyDto> {
    return this.standbys.set(viewer, id, body);
  }
}
