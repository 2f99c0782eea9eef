import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import helmet from '@fastify/helmet';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { requestDuration } from '../health/metrics.js';
import { problems } from '../problems/problems.js';
import { takeJsonBodies } from './json-body.js';
import { ProblemFilter, bodyLimitBytes, sendProblem } from './problem.filter.js';
import type { CallerRequest } from './request.js';
import { validationPipe } from './validation.pipe.js';

const deadlineMs = 10_000;

/** The HTTP server with every limit that a hostile or broken client could otherwise do without. */
export function httpAdapter(trustedProxies: string[]): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    requestTimeout: 10_000,
    keepAliveTimeout: 60_000,
    http: { headersTimeout: 8_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16_384 },
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });
}

/** Sets up everything between the socket and the controllers. */
export async function prepareHttp(app: NestFastifyApplication, logger: Logger): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  server.server.maxHeadersCount = 100;
  takeJsonBodies(server);
  await server.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
  keepDeadline(server);
  observe(server, logger);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(logger));
}

/** Answers 503 when a decision takes too long: a database that is frozen would otherwise hold every caller. */
function keepDeadline(server: FastifyInstance): void {
  const timers = new WeakMap<object, NodeJS.Timeout>();
  server.addHook('onRequest', (request, reply, done) => {
    const timer = setTimeout(() => {
      // Streams and drills that move time live as long as they need.
      if (!(request as CallerRequest).longRunning) sendProblem(reply, problems.unavailable(), request.id);
    }, deadlineMs);
    timers.set(request, timer);
    reply.raw.once('close', () => clearTimeout(timer));
    void reply.header('cache-control', 'no-store').header('x-request-id', request.id);
    done();
  });
}

function observe(server: FastifyInstance, logger: Logger): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    requestDuration.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    const caller = (request as CallerRequest).callerId;
    logger.debug(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        caller,
      },
      'request',
    );
    if (reply.statusCode === 401 || reply.statusCode === 403)
      logger.info({ requestId: request.id, route, status: reply.statusCode, caller }, 'access refused');
    done();
  });
}

/** Listens on the port, on a free one (0), or (undefined) on 3000 or the next free one. Answers the address to reach it by. */
export async function listen(app: NestFastifyApplication, host: string, port: number | undefined): Promise<string> {
  const chosen = port ?? (await nextFreePort(host, 3000));
  await app.listen(chosen, host);
  const address = app.getHttpServer().address() as { port: number };
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
}

/** The first port from `first` on that nothing listens on, within a hundred. */
export async function nextFreePort(host: string, first: number): Promise<number> {
  for (let port = first; port < first + 100; port += 1) if (await isFree(host, port)) return port;
  return 0;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
