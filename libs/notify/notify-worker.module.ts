import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { NotifyConsumer } from './notify.consumer.js';
import { notifyQueue } from './notify-events.js';

/** The queue side of notification, for processes with workers. */
@Module({
  imports: [BullModule.registerQueue({ name: notifyQueue })],
  providers: [NotifyConsumer],
})
export class NotifyWorkerModule {}
