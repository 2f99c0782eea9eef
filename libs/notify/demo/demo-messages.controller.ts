import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '../../platform/index.js';
import { DemoMessagePageDto, DemoMessageQuery } from './demo-messages.dto.js';
import { DemoMessages } from './demo-messages.service.js';

@ApiTags('demo')
@ApiBearerAuth()
@Controller('v1/demo/messages')
export class DemoMessagesController {
  constructor(private readonly messages: DemoMessages) {}

  /** What the demo phones and the demo inbox received, the newest first. Only the embedded default has them. */
  @Get()
  @AllowRoles('coordinator', 'admin')
  list(@Query() query: DemoMessageQuery): Promise<DemoMessagePageDto> {
    return this.messages.list(query);
  }
}
