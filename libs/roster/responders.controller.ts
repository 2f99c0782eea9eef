import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, etag, IfMatch, PageQuery, type Reply } from '../platform/index.js';
import { PersonalNoticePageDto } from './personal-notice.dto.js';
import { PersonalNotices } from './personal-notices.service.js';
import {
  CreateResponderDto,
  ResponderDto,
  ResponderPageDto,
  ResponderQuery,
  UpdateResponderDto,
} from './responder.dto.js';
import { Responders } from './responders.service.js';

const readers = ['responder', 'coordinator', 'auditor', 'admin'];
const writers = ['coordinator', 'admin'];

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/responders')
export class RespondersController {
  constructor(
    private readonly responders: Responders,
    private readonly notices: PersonalNotices,
  ) {}

  @Post()
  @AllowRoles(...writers)
  async create(
    @Caller() viewer: Viewer,
    @Body() body: CreateResponderDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ResponderDto> {
    const created = await this.responders.create(viewer, body);
    void reply.header('location', `/v1/responders/${created.id}`);
    return tagged(reply, created);
  }

  @Get()
  @AllowRoles(...readers)
  list(@Query() query: ResponderQuery): Promise<ResponderPageDto> {
    return this.responders.list(query);
  }

  @Get(':id')
  @AllowRoles(...readers)
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: Reply): Promise<ResponderDto> {
    return tagged(reply, await this.responders.get(id));
  }

  /** What they were told about the roster and about themselves, the newest first. A responder reads their own. */
  @Get(':id/notices')
  @AllowRoles(...readers)
  listNotices(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<PersonalNoticePageDto> {
    return this.notices.list(viewer, id, query);
  }

  /** Changes what is given; what is left out stays. */
  @Patch(':id')
  @AllowRoles(...writers)
  async update(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: UpdateResponderDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ResponderDto> {
    return tagged(reply, await this.responders.update(viewer, id, body, expected));
  }

  /** Takes somebody off the roster; their past stays on record. */
  @Delete(':id')
  @HttpCode(200)
  @AllowRoles(...writers)
  remove(@Caller() viewer: Viewer, @Param('id') id: string): Promise<ResponderDto> {
    return this.responders.deactivate(viewer, id);
  }
}

function tagged<Tagged extends { version: number }>(reply: Reply, thing: Tagged): Tagged {
  void reply.header('etag', etag(thing.version));
  return thing;
}
