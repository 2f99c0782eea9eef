import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, type CallerRequest } from '../platform/index.js';
import { AuditPageDto, AuditQuery, VerificationDto } from './audit.dto.js';
import { AuditTrail } from './audit.service.js';
import { Verifier } from './verifier.service.js';

@ApiTags('audit')
@ApiBearerAuth()
@Controller('v1/audit')
export class AuditController {
  constructor(
    private readonly trail: AuditTrail,
    private readonly verifier: Verifier,
  ) {}

  /** Who did what, when, from what to what; the newest first. */
  @Get()
  @AllowRoles('auditor', 'admin')
  list(@Caller() viewer: Viewer, @Query() query: AuditQuery): Promise<AuditPageDto> {
    return this.trail.list(viewer, query);
  }

  /** Whether any entry was altered, removed or slipped in since it was sealed. Takes as long as the trail is long. */
  @Get('verify')
  @AllowRoles('auditor', 'admin')
  verify(@Req() request: CallerRequest): Promise<VerificationDto> {
    request.longRunning = true;
    return this.verifier.verify();
  }
}
