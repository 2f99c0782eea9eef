import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '../platform/index.js';
import { HeartbeatDto } from './heartbeat.dto.js';
import { Heartbeat } from './heartbeat.service.js';

@ApiTags('dispatch')
@ApiBearerAuth()
@Controller('v1/desk/heartbeat')
export class HeartbeatController {
  constructor(private readonly heartbeat: Heartbeat) {}

  /** Whether the desk says outside that it is alive, and why not. */
  @Get()
  @AllowRoles('coordinator', 'admin')
  show(): Promise<HeartbeatDto> {
    return this.heartbeat.show();
  }
}
