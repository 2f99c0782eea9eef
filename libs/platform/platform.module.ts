import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Logger } from 'pino';
import { BaseAddress } from './http/base-address.js';
import { Clock } from './clock/clock.js';
import { ClockController } from './clock/clock.controller.js';
import { DeskTime } from './clock/desk-time.service.js';
import type { Environment } from './config/environment.js';
import { dataSourceOptions } from './database/data-source.js';
import { Database } from './database/database.js';
import type { PreparedDatabase } from './database/migrate.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { Wakeups } from './database/wakeups.js';
import { Egress } from './egress/egress.js';
import { parseCidrs } from './egress/address-rules.js';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { IdempotencyInterceptor } from './http/idempotency.interceptor.js';
import { Outbox } from './outbox/outbox.js';
import { Subscriptions } from './outbox/subscriptions.js';
import { TimerHandlers } from './timers/timer-handlers.js';
import { DATABASE_URL, ENVIRONMENT, LOGGER } from './tokens.js';

/** What the platform needs to know before it can be made. */
export interface PlatformOptions {
  environment: Environment;
  databaseUrl: string;
  prepared: PreparedDatabase;
  logger: Logger;
  poolSize: number;
}

/** What every process has: time, database, messages, timers, HTTP conventions. Knows no word of the domain. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot({ environment, databaseUrl, prepared, logger, poolSize }: PlatformOptions): DynamicModule {
    const shared = [
      { provide: ENVIRONMENT, useValue: environment },
      { provide: DATABASE_URL, useValue: databaseUrl },
      { provide: LOGGER, useValue: logger },
      { provide: BaseAddress, useValue: new BaseAddress(environment.publicUrl) },
      { provide: Clock, useValue: new Clock() },
      { provide: Egress, useFactory: () => new Egress({ allow: parseCidrs(environment.egressAllow) }) },
      Database,
      Wakeups,
      Subscriptions,
      TimerHandlers,
      UnitOfWork,
      Outbox,
      DeskTime,
      Readiness,
    ];
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions({ url: databaseUrl, poolSize, role: prepared.role }),
          autoLoadEntities: true,
          retryAttempts: 10,
          retryDelay: 500,
        }),
      ],
      controllers: [HealthController, ClockController],
      providers: [...shared, { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor }],
      exports: shared.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}
