export { Claims } from './claims.service.js';
export { Declines } from './declines.service.js';
export { declineReasons, type DeclineDto } from './dispatch.dto.js';
export { DispatchModule, DispatchWorkerModule } from './dispatch.module.js';
export { dispatchMigrations } from './migrations/index.js';
export {
  DeliveryDto,
  DeliveryRecords,
  isLive,
  presentPage,
  type Page,
  type PageDto,
  type PagePurpose,
  type PageState,
} from './page.js';
export { Pages } from './pages.service.js';
export { dispatchProblems } from './problems.js';
