import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '../platform/index.js';
import { OnCallListDto, OnCallQuery } from './schedule.dto.js';
import { Shifts } from './shifts.service.js';

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/oncall')
export class OnCallController {
  constructor(private readonly shifts: Shifts) {}

  /** Who is on call, now or at `at`, by the schedules named or by each. */
  @Get()
  @AllowRoles('responder', 'coordinator', 'auditor', 'admin')
  async list(@Query() query: OnCallQuery): Promise<OnCallListDto> {
    return { items: await this.shifts.onCall(query) };
  }
}
