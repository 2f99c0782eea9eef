import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import type { Viewer } from '../identity/index.js';
import {
  BaseAddress,
  Clock,
  Database,
  decodeCursor,
  isId,
  newId,
  problems,
  toPage,
  UnitOfWork,
  type Page,
  type PageQuery,
  type Statement,
  type Work,
} from '../platform/index.js';
import type { CalendarFeedDto, CalendarFeedInputDto, CalendarFeedMadeDto } from './calendar-feed.dto.js';
import { CalendarFeed } from './calendar-feed.entity.js';
import { responderInHand } from './responder-rows.js';
import { rosterEntry } from './roster-changes.js';
import { findSchedule } from './schedule-rows.js';
import { ShiftCalendars, type ShiftCalendar } from './shift-calendars.service.js';

/** 192 bits in hexadecimal. */
const tokenPattern = /^[0-9a-f]{48}$/;
const tokenBytes = 24;
const mostFeeds = 50;

/**
 * The feed of a secret, unless whoever made it, or whose shifts it shows, has left the roster; and that it was read, to the
 * hour, so that not every look at it is a write. Index: the unique one of token_hash.
 */
const open: Statement = {
  name: 'calendar-feed-open',
  text: `
    WITH feed AS (
      SELECT feed.id, feed.schedule_id, feed.responder_id, feed.last_read_at FROM codegrey.calendar_feeds AS feed
      WHERE feed.token_hash = $1 AND NOT EXISTS (
        SELECT FROM codegrey.responders AS responder
        WHERE responder.id IN (feed.created_by, feed.responder_id) AND NOT responder.active)
    ), read AS (
      UPDATE codegrey.calendar_feeds SET last_read_at = date_trunc('hour', $2::timestamptz)
      FROM feed WHERE calendar_feeds.id = feed.id AND feed.last_read_at IS DISTINCT FROM date_trunc('hour', $2::timestamptz)
    )
    SELECT schedule_id AS "scheduleId", responder_id AS "responderId" FROM feed`,
};

/** Secret addresses of calendars, for programs that cannot send a credential. */
@Injectable()
export class CalendarFeeds {
  constructor(
    private readonly dataSource: DataSource,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: ShiftCalendars,
    private readonly base: BaseAddress,
    private readonly clock: Clock,
  ) {}

  /** A new secret address. A responder makes one of any schedule, and of their own shifts. */
  async create(viewer: Viewer, input: CalendarFeedInputDto): Promise<CalendarFeedMadeDto> {
    const { scheduleId, responderId } = input;
    if ((scheduleId === undefined) === (responderId === undefined))
      throw problems.invalidInput([{ pointer: '', detail: 'must name a schedule or a responder, and not both' }]);
    return this.unitOfWork.run(async (work) => {
      if (scheduleId !== undefined) await findSchedule(work.manager, scheduleId);
      if (responderId !== undefined) await responderInHand(work.manager, viewer, responderId);
      const made = await work.manager.countBy(CalendarFeed, { createdBy: viewer.principalId });
      if (made >= mostFeeds) throw problems.conflict(`You have ${mostFeeds} addresses already: revoke some first.`);
      const token = randomBytes(tokenBytes).toString('hex');
      const feed: CalendarFeed = {
        id: newId(),
        tokenHash: hash(token),
        scheduleId: scheduleId?.toLowerCase() ?? null,
        responderId: responderId?.toLowerCase() ?? null,
        createdBy: viewer.principalId,
        createdAt: this.clock.now(),
        lastReadAt: null,
      };
      await work.manager.insert(CalendarFeed, feed);
      record(work, viewer, 'calendar-feed.made', feed);
      return { ...presentFeed(feed), url: `${this.base.url}/v1/calendars/${token}.ics` };
    });
  }

  /** Ends an address for good. A responder ends their own; the desk anybody's. */
  async revoke(viewer: Viewer, id: string): Promise<void> {
    await this.unitOfWork.run(async (work) => {
      const own = viewer.role === 'responder' ? { createdBy: viewer.principalId } : {};
      const feed = isId(id) ? await work.manager.findOneBy(CalendarFeed, { id, ...own }) : null;
      if (!feed) throw problems.notFound('calendar');
      await work.manager.delete(CalendarFeed, feed.id);
      record(work, viewer, 'calendar-feed.revoked', feed);
    });
  }

  /** Addresses, the newest first; a responder sees their own. Indexes: the primary key, calendar_feeds_creator. */
  async list(viewer: Viewer, { limit, cursor }: PageQuery): Promise<Page<CalendarFeedDto>> {
    const before = decodeCursor(cursor, ['id']);
    const rows = await this.dataSource.manager.find(CalendarFeed, {
      where: {
        ...(viewer.role === 'responder' ? { createdBy: viewer.principalId } : {}),
        ...(before ? { id: LessThan(before[0] ?? '') } : {}),
      },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id], presentFeed);
  }

  /** The calendar of a secret address. Throws 404 when it is unknown, revoked, or of somebody who has left. */
  async read(token: string): Promise<ShiftCalendar> {
    const values = tokenPattern.test(token) ? [hash(token), this.clock.now()] : null;
    const [feed] = values ? await this.database.query<FeedRow>(open, values) : [];
    if (!feed) throw problems.notFound('calendar');
    if (feed.scheduleId !== null) return this.calendars.ofSchedule(feed.scheduleId);
    return this.calendars.ofResponder(feed.responderId ?? '');
  }
}

interface FeedRow extends Record<string, unknown> {
  scheduleId: string | null;
  responderId: string | null;
}

function record(work: Work, viewer: Viewer, type: string, feed: CalendarFeed): void {
  const { id, scheduleId, responderId } = feed;
  const after = { id, scheduleId, responderId };
  work.record(rosterEntry(viewer, { type, subject: { type: 'calendar-feed', id }, before: null, after }));
}

/** The token has 192 bits of its own, so that no slow hash is needed. */
function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function presentFeed(feed: CalendarFeed): CalendarFeedDto {
  return {
    id: feed.id,
    scheduleId: feed.scheduleId,
    responderId: feed.responderId,
    createdBy: feed.createdBy,
    createdAt: feed.createdAt.toISOString(),
    lastReadAt: feed.lastReadAt?.toISOString() ?? null,
  };
}
