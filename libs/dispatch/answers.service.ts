import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Tickets, type TicketFacts } from '../cases/index.js';
import { system } from '../identity/index.js';
import { Clock, TimerHandlers, type FiredTimer, type Work } from '../platform/index.js';
import type { EscalationPolicy } from '../roster/index.js';
import { readAsked, readPolicy, type AskedRow } from './answers.sql.js';
import { DispatchFacts } from './dispatch-facts.service.js';
import { owePages } from './dispatch.sql.js';
import { decideRepages, type AskingStep } from './domain/answers.js';
import { Pages } from './pages.service.js';
import { loadWatchConfig } from './watch-config.js';

/** The kind of timer that pages again whoever was asked to answer and has not. */
export const answersTimer = 'dispatch-answers';

/** Steps that ask that everybody whom they reached answers, or a number of them. */
@Injectable()
export class Answers implements OnModuleInit {
  private readonly repeatMs = loadWatchConfig().answersRepeatMs;

  constructor(
    private readonly timers: TimerHandlers,
    private readonly tickets: Tickets,
    private readonly facts: DispatchFacts,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timers.add(answersTimer, (work, timers) => this.fire(work, timers), { locksFirst: true });
  }

  /** Sees to it that those whom a step has just paged are paged again, where the policy asks that they answer. */
  async follow(work: Work, ticket: TicketFacts, policy: EscalationPolicy | null): Promise<void> {
    const steps = await this.asking(work, ticket.id, policy);
    const { nextAt } = decideRepages(steps, this.clock.now(), this.repeatMs);
    if (nextAt) work.arm({ kind: answersTimer, subjectId: ticket.id, dueAt: nextAt });
  }

  private async fire(work: Work, timers: FiredTimer[]): Promise<void> {
    for (const id of timers.map(({ subjectId }) => subjectId).sort()) {
      const ticket = await this.tickets.lock(work, id);
      if (ticket?.state === 'open' || ticket?.state === 'claimed') await this.pageAgain(work, ticket);
    }
  }

  private async pageAgain(work: Work, ticket: TicketFacts): Promise<void> {
    const [dispatch] = await work.query<{ policy: EscalationPolicy | null }>(readPolicy, [ticket.id]);
    const steps = await this.asking(work, ticket.id, dispatch?.policy ?? null);
    const { again, nextAt } = decideRepages(steps, this.clock.now(), this.repeatMs);
    const coordinators = new Set((await this.facts.members(work, 'coordinator')).map(({ id }) => id));
    const by = { statement: owePages, values: [] };
    const isOpen = ticket.state === 'open';
    for (const { responderIds, ...position } of again) {
      const pages = responderIds.map((responderId) => ({
        responderId,
        reasons: ['an answer is asked for and has not come'],
        purpose: isOpen && !coordinators.has(responderId) ? ('claim' as const) : ('notice' as const),
      }));
      await this.pages.write(work, ticket, pages, position, system, by);
    }
    if (nextAt) work.arm({ kind: answersTimer, subjectId: ticket.id, dueAt: nextAt });
  }

  /** The steps taken so far that ask for answers, with whom they have reached and who is still active. */
  private async asking(work: Work, ticketId: string, policy: EscalationPolicy | null): Promise<AskingStep[]> {
    if (!policy?.steps.some(({ answers }) => (answers ?? 'first') !== 'first')) return [];
    const rows = await work.query<AskedRow>(readAsked, [ticketId]);
    const active = new Set(
      [...(await this.facts.members(work, 'responder')), ...(await this.facts.members(work, 'coordinator'))].map(
        ({ id }) => id,
      ),
    );
    const reached = Map.groupBy(
      rows.filter(({ responderId }) => active.has(responderId)),
      ({ step, round }) => `${step}/${round}`,
    );
    return [...reached.values()].flatMap((people): AskingStep[] => {
      const { step, round } = people[0]!;
      const answers = policy.steps[step - 1]?.answers ?? 'first';
      return answers === 'first' ? [] : [{ step, round, answers, people }];
    });
  }
}
