import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles } from '../platform/index.js';
import { StormPageDto, StormQuery } from './storm.dto.js';
import { StormReader } from './storm-reader.service.js';

@ApiTags('dispatch')
@ApiBearerAuth()
@Controller('v1/storms')
export class StormsController {
  constructor(private readonly storms: StormReader) {}

  /** Many tickets of one cause in a short time: live ones and past ones, the newest first. */
  @Get()
  @AllowRoles('coordinator', 'auditor')
  list(@Caller() viewer: Viewer, @Query() query: StormQuery): Promise<StormPageDto> {
    return this.storms.list(viewer, query);
  }
}
