import { Body, Controller, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, etag, IfMatch, type Reply } from '../platform/index.js';
import {
  IncidentDto,
  KeptNoteDto,
  MovePhaseDto,
  NoteDto,
  PublishReviewDto,
  ServiceStatusInputDto,
} from './incident.dto.js';
import { Incidents } from './incidents.service.js';

@ApiTags('incidents')
@ApiBearerAuth()
@Controller('v1/incidents')
export class IncidentsController {
  constructor(private readonly incidents: Incidents) {}

  /** The incident, with its services and tickets. */
  @Get(':id')
  @AllowRoles('provider', 'responder', 'coordinator', 'auditor', 'integration')
  async get(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<IncidentDto> {
    return tagged(reply, await this.incidents.get(viewer, id));
  }

  /** Moves it to another phase: forward by one as it is; skipping or going back with a note. */
  @Post(':id/phase')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  async phase(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: MovePhaseDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<IncidentDto> {
    return tagged(reply, await this.incidents.move(viewer, id, body, expected));
  }

  /** Marks a service of the provider as down, degraded or working. */
  @Put(':id/services/:service')
  @AllowRoles('provider', 'responder', 'coordinator')
  async service(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Param('service') service: string,
    @Body() body: ServiceStatusInputDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<IncidentDto> {
    return tagged(reply, await this.incidents.setService(viewer, id, service, body.status));
  }

  /** Keeps a note for the people who handle it. */
  @Post(':id/notes')
  @AllowRoles('responder', 'coordinator')
  note(@Caller() viewer: Viewer, @Param('id') id: string, @Body() body: NoteDto): Promise<KeptNoteDto> {
    return this.incidents.note(viewer, id, body.text);
  }

  /** Publishes the post-incident review. */
  @Post(':id/review')
  @HttpCode(200)
  @AllowRoles('responder', 'coordinator')
  async review(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: PublishReviewDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<IncidentDto> {
    return tagged(reply, await this.incidents.review(viewer, id, body));
  }
}

function tagged(reply: Reply, incident: IncidentDto): IncidentDto {
  void reply.header('etag', etag(incident.version));
  return incident;
}
