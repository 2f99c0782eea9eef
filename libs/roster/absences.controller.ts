import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, type Reply } from '../platform/index.js';
import { AbsenceInputDto, AbsenceMadeDto, AbsencePageDto, AbsenceQuery } from './absence.dto.js';
import { Absences } from './absences.service.js';

const writers = ['responder', 'coordinator', 'admin'];

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/responders/:id/absences')
export class AbsencesController {
  constructor(private readonly absences: Absences) {}

  /** Writes down that somebody is away: it takes them off every schedule for that time. A responder may do it for themselves. */
  @Post()
  @AllowRoles(...writers)
  async add(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: AbsenceInputDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<AbsenceMadeDto> {
    const made = await this.absences.add(viewer, id, body);
    void reply.header('location', `/v1/responders/${made.responderId}/absences/${made.id}`);
    return made;
  }

  /** Absences of a responder, the first to end first. A responder sees their own. */
  @Get()
  @AllowRoles(...writers, 'auditor')
  list(@Caller() viewer: Viewer, @Param('id') id: string, @Query() query: AbsenceQuery): Promise<AbsencePageDto> {
    return this.absences.list(viewer, id, query);
  }

  /** Takes an absence back. One that has begun ends now. */
  @Delete(':absence')
  @HttpCode(204)
  @AllowRoles(...writers)
  remove(@Caller() viewer: Viewer, @Param('id') id: string, @Param('absence') absenceId: string): Promise<void> {
    return this.absences.remove(viewer, id, absenceId);
  }
}
