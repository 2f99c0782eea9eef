import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, Pump } from '../platform/index.js';
import { Heartbeat } from './heartbeat.service.js';

/** How often each process looks whether a sign of life is due. */
const lookEveryMs = 1_000;

/** Sends the signs of life. It is no timer of the desk: were those stuck, it would have to say so. */
@Injectable()
export class HeartbeatLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly pump = new Pump(() => this.beat(), lookEveryMs);

  constructor(
    private readonly heartbeat: Heartbeat,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.pump.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.pump.stop();
  }

  private async beat(): Promise<boolean> {
    try {
      await this.heartbeat.beat();
    } catch (error) {
      this.logger.warn({ err: error }, 'the sign of life could not be sent: it is tried again');
    }
    return false;
  }
}
