import { Injectable } from '@nestjs/common';
import type { Viewer } from '../identity/index.js';
import { wallTime } from '../platform/domain/index.js';
import {
  Clock,
  Database,
  decodeCursor,
  isId,
  problems,
  toPage,
  UnitOfWork,
  type Statement,
  type Work,
} from '../platform/index.js';
import { PersonalNotices } from './personal-notices.service.js';
import { rosterEntry } from './roster-changes.js';
import { Roster } from './roster.service.js';
import type {
  ScheduleChangeDto,
  ScheduleChangePageDto,
  ScheduleChangesQuery,
  ScheduleChangeState,
} from './schedule-change.dto.js';

interface ScheduleChangeRow {
  id: string;
  scheduleId: string;
  responderId: string;
  spans: { start: string; end: string }[];
  state: ScheduleChangeState;
  reason: string | null;
  askedAt: Date;
  answeredAt: Date | null;
}

const columns = `id, schedule_id AS "scheduleId", responder_id AS "responderId", spans, state, reason,
  asked_at AS "askedAt", answered_at AS "answeredAt"`;

/** The newest first, of one person ($1) or of all. Indexes: schedule_changes_responder, schedule_changes_state, the primary key. */
const list: Statement = {
  name: 'schedule-changes-list',
  text: `
    SELECT ${columns} FROM codegrey.schedule_changes
    WHERE ($1::uuid IS NULL OR responder_id = $1) AND ($2::text[] IS NULL OR state = ANY($2)) AND ($3::uuid IS NULL OR id < $3)
    ORDER BY id DESC LIMIT $4`,
};

/** Index: the primary key. */
const lock: Statement = {
  name: 'schedule-changes-lock',
  text: `SELECT ${columns} FROM codegrey.schedule_changes WHERE id = $1 FOR UPDATE`,
};

/** Index: the primary key. */
const answer: Statement = {
  name: 'schedule-changes-answer',
  text: `UPDATE codegrey.schedule_changes SET state = $2, reason = $3, answered_at = $4 WHERE id = $1`,
};

/** Who is told of a refusal, and how the schedule is called. Indexes: the primary keys. */
const readRefusal: Statement = {
  name: 'schedule-changes-refusal',
  text: `
    SELECT schedules.name AS schedule, schedules.definition ->> 'timeZone' AS "timeZone", responders.name AS responder
    FROM codegrey.schedules, codegrey.responders WHERE schedules.id = $1 AND responders.id = $2`,
};

/** What people answer when an edited schedule puts them on call at short notice. The plan stays as it is until somebody changes it. */
@Injectable()
export class ScheduleChanges {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
    private readonly notices: PersonalNotices,
    private readonly clock: Clock,
  ) {}

  /** The newest first. Responders see what they were asked themselves. */
  async list(viewer: Viewer, { state, limit, cursor }: ScheduleChangesQuery): Promise<ScheduleChangePageDto> {
    const [before] = decodeCursor(cursor, ['id']) ?? [];
    const own = viewer.role === 'responder' ? viewer.principalId : null;
    const rows = await this.database.query<ScheduleChangeRow>(list, [own, state ?? null, before ?? null, limit + 1]);
    return toPage(rows, limit, ({ id }) => [id], present);
  }

  async accept(viewer: Viewer, id: string): Promise<ScheduleChangeDto> {
    return this.unitOfWork.run((work) => this.answered(work, viewer, id, 'accepted', null));
  }

  /** The coordinators are told at once: the plan still counts on whoever refused. */
  async refuse(viewer: Viewer, id: string, reason: string | null): Promise<ScheduleChangeDto> {
    return this.unitOfWork.run(async (work) => {
      const refused = await this.answered(work, viewer, id, 'refused', reason);
      await this.tellOfRefusal(work, refused);
      return refused;
    });
  }

  private async answered(
    work: Work,
    viewer: Viewer,
    id: string,
    state: 'accepted' | 'refused',
    reason: string | null,
  ): Promise<ScheduleChangeDto> {
    const [row] = isId(id) ? await work.query<ScheduleChangeRow>(lock, [id]) : [];
    if (!row || (viewer.role === 'responder' && row.responderId !== viewer.principalId))
      throw problems.notFound('schedule change');
    const before = present(row);
    if (row.state === state) return before;
    if (row.state !== 'asked')
      throw problems.conflict(`It is ${row.state} already. Arrange a swap or an override instead.`, {
        state: row.state,
      });
    const answeredAt = this.clock.now();
    await work.query(answer, [id, state, reason, answeredAt]);
    const after = present({ ...row, state, reason, answeredAt });
    work.record(
      rosterEntry(viewer, {
        type: `schedule-change.${state}`,
        subject: { type: 'schedule-change', id: row.id },
        before,
        after,
      }),
    );
    return after;
  }

  private async tellOfRefusal(
    work: Work,
    { scheduleId, responderId, spans, reason }: ScheduleChangeDto,
  ): Promise<void> {
    const [about] = await work.query<{ schedule: string; timeZone: string; responder: string }>(readRefusal, [
      scheduleId,
      responderId,
    ]);
    const [first] = spans;
    if (!about || !first) return;
    const coordinators = (await this.roster.activeResponders(work)).filter(
      ({ deskRole }) => deskRole === 'coordinator',
    );
    await this.notices.tell(
      work,
      coordinators.map(({ id }) => id),
      {
        kind: 'schedule-change-refused',
        subject: `${about.responder} refused a shift by ${about.schedule}`,
        text: `The shift begins at ${wallTime(new Date(first.start), about.timeZone)}. The plan still counts on them: please arrange somebody else.${
          reason === null ? '' : `\nReason: ${reason}`
        }`,
      },
    );
  }
}

function present({ askedAt, answeredAt, ...row }: ScheduleChangeRow): ScheduleChangeDto {
  const { id, scheduleId, responderId, spans, state, reason } = row;
  return {
    id,
    scheduleId,
    responderId,
    spans: spans.map(({ start, end }) => ({ start, end })),
    state,
    reason,
    askedAt: askedAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
  };
}
