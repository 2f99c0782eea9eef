import { Module } from '@nestjs/common';
import { BoardController } from './board.controller.js';
import { Board } from './board.service.js';
import { EventFeed } from './event-feed.service.js';
import { EventHub } from './event-hub.service.js';
import { EventStreamController } from './event-stream.controller.js';

/** What is seen live: the event stream, and the coordinators' board. */
@Module({
  controllers: [EventStreamController, BoardController],
  providers: [EventFeed, EventHub, Board],
})
export class InsightModule {}
