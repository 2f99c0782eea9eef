import { randomInt } from 'node:crypto';
import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Caller, roles, type Viewer } from '../identity/index.js';
import { AllowRoles, Clock, newId, type CallerRequest, type Reply } from '../platform/index.js';
import { isBeyond, justBefore, parsePosition, type StreamPosition } from './domain/stream-position.js';
import { retryFrame } from './domain/sse.js';
import { EventFeed } from './event-feed.service.js';
import { EventHub, type Listener } from './event-hub.service.js';
import { EventQuery } from './event-stream.dto.js';

/** A client that reads more slowly than this is let go: it resumes from where it was. */
const mostPendingBytes = 256 * 1_024;

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
    this.hub.refuseWhenFull(viewer);
    const { xid } = await this.feed.horizon();
    const present = justBefore(xid);
    const given = header ?? query.lastEventId;
    const resumed = given === undefined ? undefined : parsePosition(given);
    const valid =
      resumed === undefined ? undefined : resumed && !isBeyond(resumed, justBefore(xid + 1n)) ? resumed : null;
    request.longRunning = true;
    const listener = this.open(viewer, query, bearer(request), valid ?? present, reply);
    listener.write(retryFrame(randomInt(1_000, 3_000)));
    if (valid === null) listener.write(this.feed.resetFrame(present, newId(), this.clock.now()));
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
        raw.write(chunk);
        if (raw.writableLength <= mostPendingBytes) return true;
        raw.destroy();
        return false;
      },
      end: () => raw.end(),
    };
  }
}

function bearer(request: CallerRequest): string {
  return (request.headers.authorization ?? '').replace(/^Bearer +/i, '');
}
