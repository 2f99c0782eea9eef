import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '../platform/index.js';
import { ChannelPageDto, PushKeyDto } from './channel.dto.js';
import { Channels } from './channels.service.js';
import { VapidKeyStore } from './vapid-keys.service.js';

@ApiTags('notification')
@ApiBearerAuth()
@AllowRoles('coordinator', 'admin', 'responder')
@Controller('v1')
export class ChannelsController {
  constructor(
    private readonly channels: Channels,
    private readonly vapid: VapidKeyStore,
  ) {}

  /** Every channel, whether it is set up on this desk, and what may be said on it. */
  @Get('channels')
  list(): ChannelPageDto {
    return { items: this.channels.list(), nextCursor: null };
  }

  /** The key that a browser needs to subscribe to push messages of this desk (`applicationServerKey`). */
  @Get('push-key')
  async pushKey(): Promise<PushKeyDto> {
    return { publicKey: (await this.vapid.keys()).publicKey };
  }
}
