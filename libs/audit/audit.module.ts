import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { AuditTrail } from './audit.service.js';
import { Sealer } from './sealer.service.js';
import { Verifier } from './verifier.service.js';

/** The tamper-evident trail: reading it, and proving that nobody changed it. */
@Module({ controllers: [AuditController], providers: [AuditTrail, Verifier] })
export class AuditModule {}

/** The sealing of the trail, for processes with workers. */
@Module({ providers: [Sealer] })
export class AuditWorkerModule {}
