import { Body, Controller, Delete, Get, HttpCode, Param, Put, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, etag, IfMatch, PageQuery, type Reply } from '../platform/index.js';
import { EscalationPolicyDto, EscalationPolicyInputDto, EscalationPolicyPageDto } from './escalation-policy.dto.js';
import { EscalationPolicies } from './escalation-policies.service.js';
import { WorstPathDto } from './worst-path.dto.js';

const readers = ['responder', 'coordinator', 'auditor', 'admin'];
const writers = ['coordinator', 'admin'];

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/escalation-policies')
export class EscalationPoliciesController {
  constructor(private readonly policies: EscalationPolicies) {}

  /** Refused when it could end in silence. */
  @Post()
  @AllowRoles(...writers)
  async create(
    @Caller() viewer: Viewer,
    @Body() body: EscalationPolicyInputDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<EscalationPolicyDto> {
    const created = await this.policies.create(viewer, body);
    void reply.header('location', `/v1/escalation-policies/${created.id}`);
    return tagged(reply, created);
  }

  /** What a policy would come to when everything goes wrong that can, without saving it. */
  @Post('preview')
  @HttpCode(200)
  @AllowRoles(...writers)
  preview(@Body() body: EscalationPolicyInputDto): Promise<WorstPathDto> {
    return this.policies.preview(body);
  }

  @Get()
  @AllowRoles(...readers)
  list(@Query() query: PageQuery): Promise<EscalationPolicyPageDto> {
    return this.policies.list(query);
  }

  @Get(':id')
  @AllowRoles(...readers)
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: Reply): Promise<EscalationPolicyDto> {
    return tagged(reply, await this.policies.get(id));
  }

  /** Replaces the policy; refused when it could end in silence. Tickets that are being paged keep the one that they began with. */
  @Put(':id')
  @AllowRoles(...writers)
  async replace(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: EscalationPolicyInputDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<EscalationPolicyDto> {
    return tagged(reply, await this.policies.replace(viewer, id, body, expected));
  }

  /** Tickets that are being paged by it go on. */
  @Delete(':id')
  @HttpCode(204)
  @AllowRoles(...writers)
  remove(@Caller() viewer: Viewer, @Param('id') id: string): Promise<void> {
    return this.policies.remove(viewer, id);
  }
}

function tagged<Tagged extends { version: number }>(reply: Reply, thing: Tagged): Tagged {
  void reply.header('etag', etag(thing.version));
  return thing;
}
