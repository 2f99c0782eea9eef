import { AuditModule, AuditWorkerModule } from '../../libs/audit/index.js';
import { CasesModule, casesMigrations } from '../../libs/cases/index.js';
import { ClocksModule, clocksMigrations } from '../../libs/clocks/index.js';
import { DispatchModule, DispatchWorkerModule, dispatchMigrations } from '../../libs/dispatch/index.js';
import { IdentityModule, identityMigrations } from '../../libs/identity/index.js';
import { InsightModule } from '../../libs/insight/index.js';
import { NotifyModule, NotifyWorkerModule, notifyMigrations } from '../../libs/notify/index.js';
import { platformMigrations, WorkerLoopsModule } from '../../libs/platform/index.js';
import { ProvidersModule, providersMigrations } from '../../libs/providers/index.js';
import { RosterModule, RosterWorkerModule, rosterMigrations } from '../../libs/roster/index.js';

/** Every bounded context, in the order in which they may know each other. All processes have them all. */
export const contextModules = [
  IdentityModule,
  AuditModule,
  ProvidersModule,
  RosterModule,
  ClocksModule,
  CasesModule,
  DispatchModule,
  NotifyModule,
  InsightModule,
];

/** What makes a process a worker: loops and the queue sides of contexts. */
export const workerModules = [
  WorkerLoopsModule,
  AuditWorkerModule,
  RosterWorkerModule,
  DispatchWorkerModule,
  NotifyWorkerModule,
];

/** Every migration, in the order of the contexts. */
export const migrations = [
  ...platformMigrations,
  ...identityMigrations,
  ...providersMigrations,
  ...rosterMigrations,
  ...clocksMigrations,
  ...casesMigrations,
  ...dispatchMigrations,
  ...notifyMigrations,
];
