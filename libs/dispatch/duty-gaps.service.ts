import { Injectable } from '@nestjs/common';
import { scopeOfTicket, type TicketFacts } from '../cases/index.js';
import { system } from '../identity/index.js';
import { Clock, Database, type Statement, type Work } from '../platform/index.js';
import type { DutyGap } from './domain/paging.js';
import type { DispatchProblemDto } from './page.dto.js';

/** A gap with the name of its schedule; null: it has been deleted since. */
interface NamedGap extends DutyGap, Record<string, unknown> {
  schedule: string | null;
  at: Date;
}

const columns = 'gap.step, gap.schedule_id AS "scheduleId", gap.at, schedule.name AS schedule';

/** Notes gaps that a ticket has not met before. $1 ticket, $2 gaps, $3 now. Indexes: the primary keys. */
const note: Statement = {
  name: 'duty-gaps-note',
  text: `
    WITH gap AS (
      INSERT INTO codegrey.duty_gaps (ticket_id, step, schedule_id, at)
      SELECT DISTINCT $1::uuid, "step", "scheduleId", $3::timestamptz
      FROM jsonb_to_recordset($2::jsonb) AS given("step" integer, "scheduleId" uuid)
      ON CONFLICT DO NOTHING RETURNING step, schedule_id, at
    )
    SELECT ${columns} FROM gap LEFT JOIN codegrey.schedules AS schedule ON schedule.id = gap.schedule_id ORDER BY gap.step`,
};

/** The gaps that a ticket has met. Indexes: the primary keys. */
const ofTicket: Statement = {
  name: 'duty-gaps-of-ticket',
  text: `
    SELECT ${columns} FROM codegrey.duty_gaps AS gap LEFT JOIN codegrey.schedules AS schedule ON schedule.id = gap.schedule_id
    WHERE gap.ticket_id = $1 ORDER BY gap.step, gap.schedule_id LIMIT 200`,
};

/** Nobody on duty is an error that is seen: on the stream, with the ticket's pages, and by the coordinators. */
@Injectable()
export class DutyGaps {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Records gaps that the ticket has not met before. Answers what the coordinators are to be told of them, once each. */
  async note(work: Work, ticket: TicketFacts, gaps: readonly DutyGap[]): Promise<string[]> {
    if (gaps.length === 0) return [];
    const fresh = await work.query<NamedGap>(note, [ticket.id, JSON.stringify(gaps), this.clock.now()]);
    for (const { step, scheduleId, schedule } of fresh) {
      work.record({
        type: 'dispatch.nobody-on-duty',
        subject: { type: 'ticket', id: ticket.id, reference: ticket.reference },
        actor: system,
        scope: scopeOfTicket(ticket),
        audience: 'desk',
        data: {
          ticketId: ticket.id,
          reference: ticket.reference,
          severity: ticket.severityLevel,
          step,
          scheduleId,
          schedule,
        },
      });
    }
    return fresh.map(inWords);
  }

  /** What went wrong with the dispatch of a ticket. The caller must already be known to see it. */
  async ofTicket(ticketId: string): Promise<DispatchProblemDto[]> {
    const gaps = await this.database.query<NamedGap>(ofTicket, [ticketId]);
    return gaps.map((gap) => ({
      kind: 'nobody-on-duty',
      step: gap.step,
      scheduleId: gap.scheduleId,
      detail: inWords(gap),
      at: gap.at.toISOString(),
    }));
  }
}

function inWords({ step, schedule }: NamedGap): string {
  return `nobody was on call by ${schedule ?? 'a schedule that is gone'} when step ${step} came to it`;
}
