import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles } from '../platform/index.js';
import {
  RefuseChangeDto,
  ScheduleChangeDto,
  ScheduleChangePageDto,
  ScheduleChangesQuery,
} from './schedule-change.dto.js';
import { ScheduleChanges } from './schedule-changes.service.js';

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/schedule-changes')
export class ScheduleChangesController {
  constructor(private readonly changes: ScheduleChanges) {}

  /** Who was asked about an edited schedule, and what they answered. Responders see their own. */
  @Get()
  @AllowRoles('responder', 'coordinator', 'auditor', 'admin')
  list(@Caller() viewer: Viewer, @Query() query: ScheduleChangesQuery): Promise<ScheduleChangePageDto> {
    return this.changes.list(viewer, query);
  }

  /** By whoever was asked, or by a coordinator who has spoken with them. */
  @Post(':id/accept')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  accept(@Caller() viewer: Viewer, @Param('id') id: string): Promise<ScheduleChangeDto> {
    return this.changes.accept(viewer, id);
  }

  /** The coordinators are told; the plan stays as it is until somebody changes it. */
  @Post(':id/refuse')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  refuse(@Caller() viewer: Viewer, @Param('id') id: string, @Body() body: RefuseChangeDto): Promise<ScheduleChangeDto> {
    return this.changes.refuse(viewer, id, body.reason ?? null);
  }
}
