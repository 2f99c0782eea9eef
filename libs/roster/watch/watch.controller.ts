import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '../../platform/index.js';
import { WatchPageDto, WatchQuery } from './watch.dto.js';
import { WatchReader } from './watch-reader.service.js';

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/roster/watch')
export class WatchController {
  constructor(private readonly watch: WatchReader) {}

  /** Gaps and thin spots of the roster ahead, the earliest first. */
  @Get()
  @AllowRoles('responder', 'coordinator', 'auditor', 'admin')
  list(@Query() query: WatchQuery): Promise<WatchPageDto> {
    return this.watch.list(query);
  }
}
