import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, etag, IfMatch, type Reply } from '../platform/index.js';
import { CreateProviderDto, ProviderDto, ProviderPageDto, ProviderQuery, UpdateProviderDto } from './provider.dto.js';
import { Providers } from './providers.service.js';

const readers = ['provider', 'responder', 'coordinator', 'auditor', 'admin'];

@ApiTags('providers')
@ApiBearerAuth()
@Controller('v1/providers')
export class ProvidersController {
  constructor(private readonly providers: Providers) {}

  /** Makes a provider known to the desk. */
  @Post()
  @AllowRoles('coordinator', 'admin')
  async create(
    @Caller() viewer: Viewer,
    @Body() body: CreateProviderDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ProviderDto> {
    const provider = await this.providers.create(viewer, body);
    void reply.header('location', `/v1/providers/${provider.id}`);
    return tagged(reply, provider);
  }

  /** Providers; a provider's own credential sees itself only. */
  @Get()
  @AllowRoles(...readers)
  list(@Caller() viewer: Viewer, @Query() query: ProviderQuery): Promise<ProviderPageDto> {
    return this.providers.list(viewer, query);
  }

  @Get(':id')
  @AllowRoles(...readers)
  async get(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ProviderDto> {
    return tagged(reply, await this.providers.get(viewer, id));
  }

  /** Changes what is given; what is left out stays. */
  @Patch(':id')
  @AllowRoles('coordinator', 'admin')
  async update(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: UpdateProviderDto,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ProviderDto> {
    return tagged(reply, await this.providers.update(viewer, id, body, expected));
  }
}

function tagged(reply: Reply, provider: ProviderDto): ProviderDto {
  void reply.header('etag', etag(provider.version));
  return provider;
}
