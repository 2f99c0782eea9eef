import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, etag, IfMatch, PageQuery, type Reply } from '../platform/index.js';
import { TeamDto, TeamInputDto, TeamPageDto, UpdateTeamDto } from './team.dto.js';
import { Teams } from './teams.service.js';

const readers = ['responder', 'coordinator', 'auditor', 'admin'];
const writers = ['coordinator', 'admin'];

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/teams')
export class TeamsController {
  constructor(private readonly teams: Teams) {}

  @Post()
  @AllowRoles(...writers)
  async create(
    @Caller() viewer: Viewer,
    @Body() body: TeamInputDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TeamDto> {
    const created = await this.teams.create(viewer, body);
    void reply.header('location', `/v1/teams/${created.id}`);
    return tagged(reply, created);
  }

  @Get()
  @AllowRoles(...readers)
  list(@Query() query: PageQuery): Promise<TeamPageDto> {
    return this.teams.list(query);
  }

  @Get(':id')
  @AllowRoles(...readers)
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: Reply): Promise<TeamDto> {
    return tagged(reply, await this.teams.get(id));
  }

  /** Changes what is given; what is left out stays. */
  @Patch(':id')
  @AllowRoles(...writers)
  async update(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: UpdateTeamDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TeamDto> {
    return tagged(reply, await this.teams.update(viewer, id, body, expected));
  }

  /** Replaces the team as a whole. */
  @Put(':id')
  @AllowRoles(...writers)
  async replace(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: TeamInputDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TeamDto> {
    return tagged(reply, await this.teams.update(viewer, id, body, expected));
  }

  /** Refused while an escalation policy goes by it. */
  @Delete(':id')
  @HttpCode(204)
  @AllowRoles(...writers)
  remove(@Caller() viewer: Viewer, @Param('id') id: string): Promise<void> {
    return this.teams.remove(viewer, id);
  }
}

function tagged<Tagged extends { version: number }>(reply: Reply, thing: Tagged): Tagged {
  void reply.header('etag', etag(thing.version));
  return thing;
}
