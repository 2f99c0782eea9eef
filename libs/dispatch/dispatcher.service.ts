import { Injectable } from '@nestjs/common';
import { scopeOfTicket, type TicketFacts } from '../cases/index.js';
import { system } from '../identity/index.js';
import { Clock, type Work } from '../platform/index.js';
import { beforeFirstStep, type EscalationPolicy, type EscalationPosition } from '../roster/index.js';
import { Bundles } from './bundles.service.js';
import { Answers } from './answers.service.js';
import { DispatchFacts, type Dispatch, type Situation } from './dispatch-facts.service.js';
import { DutyGaps } from './duty-gaps.service.js';
import { owePages, writeStep } from './dispatch.sql.js';
import { decideNextStep, type PageToOwe, type PagingDecision, type PagingFacts } from './domain/paging.js';
import { decideReplacement, type LostPage } from './domain/replacing.js';
import type { Page } from './page.js';
import { Pages } from './pages.service.js';
import { Storms } from './storms.service.js';

/** The kind of timer that takes the next step when nobody has claimed the ticket. */
export const escalationTimer = 'dispatch-escalation';

/** Finds somebody for a ticket: who is paged, when the next are, and what happens when nobody answers. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly facts: DispatchFacts,
    private readonly pages: Pages,
    private readonly dutyGaps: DutyGaps,
    private readonly answers: Answers,
    private readonly storms: Storms,
    private readonly bundles: Bundles,
    private readonly clock: Clock,
  ) {}

  /** Begins the paging of a new ticket. One that was dispatched already, since the news of it came late, is left alone. */
  async begin(work: Work, ticket: TicketFacts): Promise<void> {
    const situation = await this.facts.situation(work, ticket.id);
    if (situation.dispatch !== null) return;
    await this.storms.consider(work, ticket);
    await this.start(work, ticket, situation);
  }

  /** Begins the paging of an open ticket anew from the first step, by the policy that is for it now. */
  async restart(work: Work, ticket: TicketFacts): Promise<void> {
    await this.start(work, ticket, await this.facts.situation(work, ticket.id));
  }

  /** Begins anew when another policy is for the ticket now; otherwise, and before the first step, goes on as it is. */
  async reconsider(work: Work, ticket: TicketFacts): Promise<void> {
    const situation = await this.facts.situation(work, ticket.id);
    const { dispatch } = situation;
    if (dispatch === null || dispatch.step === 0) return;
    if (ticket.severityLevel === 'SEV1') await this.bundles.leave(work, ticket);
    const policy = await this.facts.policyFor(work, ticket);
    if (policy?.id !== dispatch.policy?.id) await this.start(work, ticket, situation);
  }

  /** Takes the next step of a ticket that nobody has claimed. */
  async escalate(work: Work, ticket: TicketFacts): Promise<void> {
    const situation = await this.facts.situation(work, ticket.id);
    const { dispatch } = situation;
    if (dispatch === null) return this.start(work, ticket, situation);
    const facts = await this.facts.paging(work, ticket, situation, dispatch.policy);
    await this.take(work, ticket, facts, dispatch, 'dispatch.escalated');
  }

  /** Turns to somebody else at once when somebody who was asked will not come. */
  async replace(work: Work, ticket: TicketFacts, page: Page, because: LostPage['because']): Promise<void> {
    const situation = await this.facts.situation(work, ticket.id);
    const { dispatch } = situation;
    // Nobody has been asked since the ticket came back: the news that starts its paging is on the way.
    if (dispatch === null || dispatch.step === 0) return;
    const facts = await this.facts.paging(work, ticket, situation, dispatch.policy);
    const replacement = decideReplacement(facts, standingOf(dispatch, situation), { ...page, because });
    if (replacement.kind === 'next-step') await this.take(work, ticket, facts, dispatch, 'dispatch.escalated');
    if (replacement.kind === 'beside') {
      const by = { statement: owePages, values: [] };
      await this.pages.write(work, ticket, [{ ...replacement.page, purpose: 'claim' }], dispatch, system, by);
    }
  }

  private async start(work: Work, ticket: TicketFacts, situation: Situation): Promise<void> {
    const policy = await this.facts.policyFor(work, ticket);
    const facts = await this.facts.paging(work, ticket, { ...situation, asked: [] }, policy);
    await this.take(work, ticket, facts, beforeFirstStep, 'dispatch.started');
  }

  private async take(
    work: Work,
    ticket: TicketFacts,
    facts: PagingFacts,
    { step, round }: EscalationPosition,
    type: 'dispatch.started' | 'dispatch.escalated',
  ): Promise<void> {
    const decision = decideNextStep(facts, { step, round });
    const nextStepAt = new Date(this.clock.now().getTime() + decision.waitMs);
    const { policy } = facts;
    const values = [
      policy && JSON.stringify(policy),
      decision.exhausted,
      nextStepAt,
      type === 'dispatch.started',
      !decision.exhausted && takesTurns(policy, decision.position),
    ];
    const gaps = await this.dutyGaps.note(work, ticket, decision.dutyGaps);
    const pages = decision.pages.map((page) => addressed(page, facts, gaps));
    await this.pages.write(work, ticket, pages, decision.position, system, { statement: writeStep, values });
    await this.tellCoordinators(work, ticket, facts, pages, gaps);
    await this.answers.follow(work, ticket, policy);
    work.arm({ kind: escalationTimer, subjectId: ticket.id, dueAt: nextStepAt });
    this.tell(work, ticket, decision.exhausted ? 'dispatch.exhausted' : type, decision, nextStepAt);
    if (decision.unreachable) this.tell(work, ticket, 'dispatch.unreachable', decision, nextStepAt);
  }

  /** Tells the coordinators that nobody was on duty, beside the steps; those who are paged by this one are told there. */
  private async tellCoordinators(
    work: Work,
    ticket: TicketFacts,
    { coordinators, excluded }: PagingFacts,
    paged: readonly PageToOwe[],
    reasons: string[],
  ): Promise<void> {
    if (reasons.length === 0) return;
    const told = new Set([...excluded, ...paged.map(({ responderId }) => responderId)]);
    const pages = coordinators.filter((id) => !told.has(id)).map((responderId) => ({ responderId, reasons }));
    if (pages.length > 0) await this.pages.owe(work, ticket, pages, 'notice', system);
  }

  private tell(
    work: Work,
    ticket: TicketFacts,
    type: 'dispatch.started' | 'dispatch.escalated' | 'dispatch.exhausted' | 'dispatch.unreachable',
    { position, pages }: PagingDecision,
    nextStepAt: Date,
  ): void {
    work.record({
      type,
      subject: { type: 'ticket', id: ticket.id, reference: ticket.reference },
      actor: system,
      scope: scopeOfTicket(ticket),
      audience: 'desk',
      data: {
        ticketId: ticket.id,
        reference: ticket.reference,
        severity: ticket.severityLevel,
        ...position,
        paged: pages.map(({ responderId }) => responderId),
        nextStepAt: nextStepAt.toISOString(),
      },
    });
  }
}

/** A coordinator is told, also where nobody was on duty; a responder is asked to claim. */
function addressed(
  { responderId, reasons }: PageToOwe,
  { coordinators }: PagingFacts,
  gaps: readonly string[],
): PageToOwe & Pick<Page, 'purpose'> {
  if (!coordinators.includes(responderId)) return { responderId, reasons, purpose: 'claim' };
  return { responderId, reasons: [...reasons, ...gaps], purpose: 'notice' };
}

function takesTurns(policy: EscalationPolicy | null, { step }: EscalationPosition): boolean {
  return policy?.steps[step - 1]?.roundRobin ?? false;
}

function standingOf({ step, round, exhausted, started_at: startedAt }: Dispatch, { live }: Situation) {
  return { position: { step, round }, exhausted, startedAt: new Date(startedAt), live };
}
