import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import {
  BaseAddress,
  httpAdapter,
  listen,
  NestLogger,
  PlatformModule,
  prepareHttp,
  QueuesModule,
  migrate,
  type Environment,
} from '../../libs/platform/index.js';
import { contextModules, migrations, workerModules } from './contexts.js';
import { serveOpenApi } from './openapi.js';

/** What one process of the desk is made of. */
export interface DeskOptions {
  environment: Environment;
  databaseUrl: string;
  logger: Logger;
  /** Whether it has the workers: queues, relay, timers. */
  worker: boolean;
  /** Connections to the database. */
  poolSize: number;
  /** Modules beside the contexts. */
  extraModules?: (Type | DynamicModule)[];
  /** The port to listen on; undefined: 3000 or the next free one. */
  port: number | undefined;
}

/** A desk that serves. */
export interface RunningDesk {
  app: NestFastifyApplication;
  url: string;
}

/** Brings the database up to date, puts one process together, and lets it serve. */
export async function startDesk(options: DeskOptions): Promise<RunningDesk> {
  const { environment, databaseUrl, logger } = options;
  const prepared = await migrate(databaseUrl, migrations);
  if (prepared.role === undefined)
    logger.warn('the database does not let the desk make its own role: the journal is guarded by its trigger alone');
  const root = rootModule([
    PlatformModule.forRoot({ environment, databaseUrl, prepared, logger, poolSize: options.poolSize }),
    ...contextModules,
    ...(options.worker ? [QueuesModule.forRoot(environment, databaseUrl), ...workerModules] : []),
    ...(options.extraModules ?? []),
  ]);
  const app = await NestFactory.create<NestFastifyApplication>(root, httpAdapter(environment.trustedProxies), {
    bodyParser: false,
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  await prepareHttp(app, logger);
  serveOpenApi(app);
  const url = await listen(app, environment.host, options.port);
  app.get(BaseAddress).listensAt(url);
  return { app, url };
}

function rootModule(imports: (Type | DynamicModule)[]): DynamicModule {
  return { module: DeskModule, imports };
}

class DeskModule {}
