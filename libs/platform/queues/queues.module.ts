import { BullModule } from '@nestjs/bullmq';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { createPostgresBackend, setDefaultBackendFactory, type QueueOptions } from 'bullmq';
import type { Environment } from '../config/environment.js';
import { BullQueues } from './bull-queues.js';
import { queueConnection } from './connection.js';
import { Queues } from './queues.js';

/** The queues of a process that has workers. */
@Global()
@Module({})
export class QueuesModule {
  static forRoot(environment: Environment, databaseUrl: string): DynamicModule {
    setDefaultBackendFactory(environment.redisUrls.length > 0 ? undefined : createPostgresBackend);
    const options: QueueOptions = {
      connection: queueConnection(environment.redisUrls, databaseUrl),
      prefix: '{codegrey}',
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
      streams: { events: { maxLen: 100 } },
    };
    return {
      module: QueuesModule,
      imports: [BullModule.forRoot(options)],
      providers: [{ provide: Queues, useClass: BullQueues }],
      exports: [Queues],
    };
  }
}
