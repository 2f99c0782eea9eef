import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock, LOGGER, Pump, UnitOfWork, Wakeups } from '../platform/index.js';
import { testPoliciesAt } from './policy-test-timer.js';
import { PolicyTests } from './policy-tests.service.js';

/**
 * Has the escalation policies put to the test every so often, and when the desk's time is moved. It only arms their one timer,
 * so that several processes do not test them at once. It is no timer that arms itself: a desk whose time is moved by weeks
 * would be tested minute by minute.
 */
@Injectable()
export class PolicyTestLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly pump: Pump;
  private readonly woken = () => this.pump.wake();

  constructor(
    tests: PolicyTests,
    private readonly unitOfWork: UnitOfWork,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.pump = new Pump(() => this.arm(), tests.config.testEveryMs);
  }

  onApplicationBootstrap(): void {
    this.wakeups.on('clock', this.woken);
    this.pump.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.wakeups.off('clock', this.woken);
    await this.pump.stop();
  }

  private async arm(): Promise<boolean> {
    try {
      await this.unitOfWork.run((work) => {
        testPoliciesAt(work, this.clock.now());
        return Promise.resolve();
      });
    } catch (error) {
      this.logger.warn({ err: error }, 'the escalation policies could not be put to the test: it is tried again');
    }
    return false;
  }
}
