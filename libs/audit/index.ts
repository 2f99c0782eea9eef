export { AuditModule, AuditWorkerModule } from './audit.module.js';
