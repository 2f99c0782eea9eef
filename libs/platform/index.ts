export { Clock } from './clock/clock.js';
export { DeskTime } from './clock/desk-time.service.js';
export { durationMs, isoDuration } from './domain/duration.js';
export { loadDeskConfig, InvalidDeskConfig } from './config/desk-config.js';
export { InvalidEnvironment, readEnvironment, variables, type Environment } from './config/environment.js';
export {
  consequencesSql,
  Consequences,
  type Actor,
  type Audience,
  type CaseScope,
  type JournalEntry,
  type Urgency,
} from './database/consequences.js';
export { Database, type Statement } from './database/database.js';
export { migrate, UnusableDatabase, type PreparedDatabase } from './database/migrate.js';
export { isDatabaseAway, violatedUniqueConstraint } from './database/postgres-errors.js';
export { schema } from './database/schema.js';
export { UnitOfWork, type Work } from './database/unit-of-work.js';
export { Wakeups, type Wake } from './database/wakeups.js';
export { parseCidrs } from './egress/address-rules.js';
export { Egress, EgressFailed, EgressRefused, type EgressRequest, type EgressResponse } from './egress/egress.js';
export { deliveries, pageHandover, registry } from './health/metrics.js';
export { AllowRoles, ACCESS, Public, type Access } from './http/access.js';
export { BaseAddress } from './http/base-address.js';
export { etag, IfMatch, requireVersion } from './http/etag.js';
export { parseInstant } from './http/instant.js';
export { decodeCursor, PageQuery, toPage, type Page } from './http/pagination.js';
export { RateLimiter, type Limit } from './http/rate-limiter.js';
export type { CallerRequest, Reply } from './http/request.js';
export type { ReservedKey } from './http/idempotency.interceptor.js';
export { httpAdapter, listen, nextFreePort, prepareHttp } from './http/server.js';
export { IsInstant, IsPlainText, Repeatable } from './http/validators.js';
export { firstIdAgo, isId, newId } from './ids/ids.js';
export { createLogger, NestLogger } from './logging/logger.js';
export { platformMigrations } from './migrations/index.js';
export { Outbox, type OutboxMessage } from './outbox/outbox.js';
export { Subscriptions } from './outbox/subscriptions.js';
export { PlatformModule, type PlatformOptions } from './platform.module.js';
export { Pump } from './pump.js';
export { Problem, problemKind, publishedProblems, type Fault, type ProblemKind } from './problems/problem.js';
export { problems } from './problems/problems.js';
export { OutboxConsumer, type MessageHandler } from './queues/outbox-consumer.js';
export { QueuesModule } from './queues/queues.module.js';
export { newReference, parseReference } from './references/reference.js';
export { openSecretBox } from './secrets/secret-key.js';
export { SealBroken, SecretBox } from './secrets/secret-box.js';
export { TimerHandlers, type FiredTimer } from './timers/timer-handlers.js';
export { ENVIRONMENT, LOGGER } from './tokens.js';
export { WorkerLoopsModule } from './worker-loops.module.js';
