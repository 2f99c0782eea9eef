import { Controller, Get, Header, Optional } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Database } from '../database/database.js';
import { Public } from '../http/access.js';
import { problems } from '../problems/problems.js';
import { Queues } from '../queues/queues.js';
import { HealthDto } from './health.dto.js';
import { registry } from './metrics.js';
import { Readiness } from './readiness.js';

@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly readiness: Readiness,
    @Optional() private readonly queues?: Queues,
  ) {}

  /** The process is alive. Says nothing about what it depends on. */
  @Get('healthz')
  @Public()
  alive(): HealthDto {
    return { status: 'ok' };
  }

  /**
   * The process can serve. A queue that is away does not make it unready: tickets are taken and claimed without it,
   * and its state is shown beside.
   */
  @Get('readyz')
  @Public()
  async ready(): Promise<HealthDto> {
    if (this.readiness.isStopping) throw problems.unavailable('This process is stopping.');
    await this.database.query({ name: 'ready', text: 'SELECT 1 FROM codegrey.desk_clock' });
    const queue = this.queues === undefined ? 'not-used' : (await this.queues.isReachable()) ? 'ok' : 'away';
    return { status: 'ok', database: 'ok', queue };
  }

  /** Prometheus metrics; docs/operations.md says what each one means. */
  @Get('metrics')
  @Public()
  @Header('content-type', registry.contentType)
  metrics(): Promise<string> {
    return registry.metrics();
  }
}
