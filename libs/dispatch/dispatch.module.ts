import { BullModule } from '@nestjs/bullmq';
import { Global, Module } from '@nestjs/common';
import { Answers } from './answers.service.js';
import { Bundles } from './bundles.service.js';
import { Candidates } from './candidates.service.js';
import { Claims } from './claims.service.js';
import { Confirmations } from './confirmations.service.js';
import { Declines } from './declines.service.js';
import { DispatchConsumer } from './dispatch.consumer.js';
import { DispatchController } from './dispatch.controller.js';
import { DispatchFacts } from './dispatch-facts.service.js';
import { dispatchQueue } from './dispatch-queue.js';
import { DutyGaps } from './duty-gaps.service.js';
import { Dispatcher } from './dispatcher.service.js';
import { Escalations } from './escalations.service.js';
import { Handovers } from './handovers.service.js';
import { HeartbeatController } from './heartbeat.controller.js';
import { HeartbeatLoop } from './heartbeat-loop.service.js';
import { Heartbeat } from './heartbeat.service.js';
import { Holders } from './holders.service.js';
import { Leases } from './leases.service.js';
import { Notices } from './notices.service.js';
import { PageHistory } from '../roster/index.js';
import { DispatchPageHistory } from './page-history.service.js';
import { Pages } from './pages.service.js';
import { Reinforcements } from './reinforcements.service.js';
import { ShiftTakeOvers } from './shift-take-overs.service.js';
import { StormReader } from './storm-reader.service.js';
import { StormsController } from './storms.controller.js';
import { Storms } from './storms.service.js';

/** Matching, escalation, paging and claiming. */
@Global()
@Module({
  controllers: [DispatchController, HeartbeatController, StormsController],
  providers: [
    { provide: PageHistory, useClass: DispatchPageHistory },
    DispatchFacts,
    DutyGaps,
    Dispatcher,
    Storms,
    StormReader,
    Bundles,
    Pages,
    Holders,
    Claims,
    Declines,
    Handovers,
    Reinforcements,
    Candidates,
    Escalations,
    Notices,
    ShiftTakeOvers,
    Leases,
    Confirmations,
    Answers,
    Heartbeat,
  ],
  exports: [
    PageHistory,
    Dispatcher,
    Bundles,
    Pages,
    Claims,
    Declines,
    Notices,
    ShiftTakeOvers,
    Leases,
    Confirmations,
    Heartbeat,
  ],
})
export class DispatchModule {}

/** The queue side of dispatch. */
@Module({
  imports: [BullModule.registerQueue({ name: dispatchQueue })],
  providers: [DispatchConsumer, HeartbeatLoop],
})
export class DispatchWorkerModule {}
