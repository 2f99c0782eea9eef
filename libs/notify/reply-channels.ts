import { Inject, Injectable, Optional } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../platform/index.js';
import { DEMO_DESK, type DemoDesk } from './demo/demo-desk.js';
import type { AvailableChannel } from './domain/address.js';

/** On which channels a page may be answered by a reply: only where the reply really comes back to the desk. */
@Injectable()
export class ReplyChannels {
  private readonly takesMail: boolean;

  constructor(@Inject(ENVIRONMENT) environment: Environment, @Optional() @Inject(DEMO_DESK) demo?: DemoDesk) {
    const hasDemoInbox = environment.smtpUrl === undefined && demo !== undefined;
    this.takesMail = environment.mailReplyTo !== undefined || hasDemoInbox;
  }

  takes(channel: AvailableChannel): boolean {
    return channel === 'email' && this.takesMail;
  }
}
