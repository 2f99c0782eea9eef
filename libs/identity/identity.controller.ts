import { Body, Controller, Delete, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AllowRoles, PageQuery, type Page } from '../platform/index.js';
import { ApiKeys } from './api-keys.service.js';
import { ApiKeyDto, ApiKeyPageDto, CreateApiKeyDto, CreatedApiKeyDto, MeDto } from './api-keys.dto.js';
import { Caller } from './caller.js';
import { roles, type Viewer } from './viewer.js';

@ApiTags('identity')
@ApiBearerAuth()
@Controller('v1')
export class IdentityController {
  constructor(private readonly keys: ApiKeys) {}

  /** Who the credential of this request is. */
  @Get('me')
  @AllowRoles(...roles)
  me(@Caller() { role, principalId, providerId, countries }: Viewer): MeDto {
    return { role, id: principalId, providerId, countries };
  }

  /** Makes a credential. Its key is in this answer and nowhere else. */
  @Post('api-keys')
  @AllowRoles('admin')
  create(@Caller() viewer: Viewer, @Body() body: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    return this.keys.create(viewer, body);
  }

  /** Every credential, without its key. */
  @Get('api-keys')
  @AllowRoles('admin')
  list(@Query() query: PageQuery): Promise<ApiKeyPageDto> {
    return this.keys.list(query) satisfies Promise<Page<ApiKeyDto>>;
  }

  /** Ends a credential, and every stream opened with it, at once. */
  @Delete('api-keys/:id')
  @AllowRoles('admin')
  revoke(@Caller() viewer: Viewer, @Param('id', ParseUUIDPipe) id: string): Promise<ApiKeyDto> {
    return this.keys.revoke(viewer, id);
  }
}
