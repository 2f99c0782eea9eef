import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

/** Whether this process still takes new work. */
@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  isStopping = false;

  beforeApplicationShutdown(): void {
    this.isStopping = true;
  }
}
