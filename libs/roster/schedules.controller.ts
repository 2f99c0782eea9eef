import { Body, Controller, Delete, Get, HttpCode, Param, Put, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, etag, IfMatch, PageQuery, type Reply } from '../platform/index.js';
import {
  GapsDto,
  OverrideAddedDto,
  OverrideInputDto,
  PreviewedShiftsDto,
  PreviewScheduleDto,
  ScheduleDto,
  ScheduleInputDto,
  SchedulePageDto,
  ShiftsDto,
  WindowQuery,
} from './schedule.dto.js';
import { ScheduleOverrides } from './schedule-overrides.service.js';
import { Schedules } from './schedules.service.js';
import { Shifts } from './shifts.service.js';

const readers = ['responder', 'coordinator', 'auditor', 'admin'];
const writers = ['coordinator', 'admin'];

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/schedules')
export class SchedulesController {
  constructor(
    private readonly schedules: Schedules,
    private readonly overrides: ScheduleOverrides,
    private readonly plannedShifts: Shifts,
  ) {}

  @Post()
  @AllowRoles(...writers)
  async create(
    @Caller() viewer: Viewer,
    @Body() body: ScheduleInputDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ScheduleDto> {
    const created = await this.schedules.create(viewer, body);
    void reply.header('location', `/v1/schedules/${created.id}`);
    return tagged(reply, created);
  }

  @Get()
  @AllowRoles(...readers)
  list(@Query() query: PageQuery): Promise<SchedulePageDto> {
    return this.schedules.list(query);
  }

  /** The shifts of a plan before it is saved, and whom it would leave too little rest. */
  @Post('preview')
  @HttpCode(200)
  @AllowRoles(...readers)
  preview(@Body() body: PreviewScheduleDto): Promise<PreviewedShiftsDto> {
    return this.plannedShifts.preview(body);
  }

  /** Who is on call in the window, ordered, merged and cut to it. */
  @Get(':id/shifts')
  @AllowRoles(...readers)
  async shifts(@Param('id') id: string, @Query() query: WindowQuery): Promise<ShiftsDto> {
    return { items: await this.plannedShifts.between(id, query) };
  }

  /** When nobody is on call in the window. */
  @Get(':id/gaps')
  @AllowRoles(...readers)
  async gaps(@Param('id') id: string, @Query() query: WindowQuery): Promise<GapsDto> {
    return { items: await this.plannedShifts.gaps(id, query) };
  }

  /** Changes the plan for a time, and warns of too little rest. A responder may put only themselves on call. */
  @Post(':id/overrides')
  @AllowRoles('responder', ...writers)
  addOverride(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: OverrideInputDto,
  ): Promise<OverrideAddedDto> {
    return this.overrides.add(viewer, id, body);
  }

  /** Takes a change of the plan back. */
  @Delete(':id/overrides/:override')
  @HttpCode(204)
  @AllowRoles('responder', ...writers)
  removeOverride(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Param('override') overrideId: string,
  ): Promise<void> {
    return this.overrides.remove(viewer, id, overrideId);
  }

  @Get(':id')
  @AllowRoles(...readers)
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: Reply): Promise<ScheduleDto> {
    return tagged(reply, await this.schedules.get(id));
  }

  /** Replaces the plan as a whole; overrides stay. */
  @Put(':id')
  @AllowRoles(...writers)
  async replace(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: ScheduleInputDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ScheduleDto> {
    return tagged(reply, await this.schedules.replace(viewer, id, body, expected));
  }

  /** Refused while an escalation policy goes by it. */
  @Delete(':id')
  @HttpCode(204)
  @AllowRoles(...writers)
  remove(@Caller() viewer: Viewer, @Param('id') id: string): Promise<void> {
    return this.schedules.remove(viewer, id);
  }
}

function tagged<Tagged extends { version: number }>(reply: Reply, thing: Tagged): Tagged {
  void reply.header('etag', etag(thing.version));
  return thing;
}
