import { randomInt } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Caller, roles, type Viewer } from '../identity/index.js';
import { AllowRoles, Clock, newId, type CallerRequest, type Reply } from '../platform/index.js';
import { formatPosition, justBefore, parsePosition, type StreamPosition } from './domain/stream-position.js';
import { positionFrame, retryFrame } from './domain/sse.js';
import { EventFeed } from './event-feed.service.js';
import { EventHub, type Listener } from './event-hub.service.js';
import { EventQuery } from './event-stream.dto.js';

/** A client that has left this much unread when more is to be sent is let go: it resumes from where it was. */
const mostPendingBytes = 256 * 1_024;
/** How long a client may take to read what it resumes with, a batch at a time. */
const drainWithinMs = 30_000;

@ApiTags('live')
@ApiBearerAuth()
@Controller('v1/events')
export class EventStreamController {
  constructor(
    private readonly hub: EventHub,
    private readonly feed: EventFeed,
    private readonly clock: Clock,
  ) {}

  /**
   * Everything that happens and that the caller may see, as CloudEvents 1.0 in server-sent events. With `Last-Event-ID` it
   * resumes: nothing missed, nothing twice. When it cannot, the first event is `stream.reset`.
   */
  @Get()
  @AllowRoles(...roles)
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  async stream(
    @Caller() viewer: Viewer,
    @Query() query: EventQuery,
    @Headers('last-event-id') header: string | undefined,
    @Req() request: CallerRequest,
    @Res() reply: Reply,
  ): Promise<void> {
    const { xid } = await this.feed.horizon();
    const present = justBefore(xid);
    const given = header ?? query.lastEventId;
    const resumed = given === undefined ? null : parsePosition(given);
    const valid = resumed !== null && (await this.feed.knows(resumed, xid)) ? resumed : null;
    this.hub.refuseWhenFull(viewer);
    request.longRunning = true;
    const listener = this.open(viewer, query, bearer(request), valid ?? present, reply);
    listener.write(retryFrame(randomInt(1_000, 3_000)));
    if (given !== undefined && valid === null) {
      listener.write(this.feed.resetFrame(present, newId(), this.clock.now()));
    } else if (valid === null) listener.write(positionFrame(formatPosition(present)));
    reply.raw.once('close', () => this.hub.leave(listener));
    await this.hub.join(listener);
  }

  private open(viewer: Viewer, query: EventQuery, key: string, position: StreamPosition, reply: Reply): Listener {
    const { raw } = reply;
    const headers = reply.getHeaders() as Record<string, string>;
    reply.hijack();
    raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    return {
      viewer,
      key,
      position,
      wants: ({ type, ticketId }) =>
        (query.type?.includes(type) ?? true) && (query.ticket?.some((id) => id.toLowerCase() === ticketId) ?? true),
      write: (chunk) => {
        if (raw.destroyed || raw.writableEnded) return false;
        if (raw.writableLength > mostPendingBytes) {
          raw.destroy();
          return false;
        }
        raw.write(chunk);
        return true;
      },
      drained: () => drained(raw),
      end: () => raw.end(),
    };
  }
}

function bearer(request: CallerRequest): string {
  return (request.headers.authorization ?? '').replace(/^Bearer +/i, '');
}

async function drained(raw: ServerResponse): Promise<void> {
  if (raw.destroyed || !raw.writableNeedDrain) return;
  await new Promise<void>((resolve) => {
    const patience = setTimeout(() => raw.destroy(), drainWithinMs);
    const done = () => {
      clearTimeout(patience);
      raw.off('drain', done).off('close', done);
      resolve();
    };
    raw.once('drain', done).once('close', done);
  });
}
