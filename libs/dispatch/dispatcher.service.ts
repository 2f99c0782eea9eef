import { Injectable } from '@nestjs/common';
import { scopeOfTicket, type TicketFacts } from '../cases/index.js';
import { system } from '../identity/index.js';
import { Clock, newId, type Actor, type Work } from '../platform/index.js';
import {
  beforeFirstStep,
  choosePolicy,
  rankCandidates,
  Roster,
  type EscalationPolicy,
  type EscalationPosition,
  type RosterMember,
} from '../roster/index.js';
import { loadDispatchConfig } from './dispatch-config.js';
import { readSituation, writeStep } from './dispatch.sql.js';
import { decideNextStep, nextBestFit, type PagingDecision, type PagingFacts } from './domain/paging.js';
import { Pages } from './pages.service.js';

/** The kind of timer that takes the next step when nobody has claimed the ticket. */
export const escalationTimer = 'dispatch-escalation';

interface Situation extends Record<string, unknown> {
  dispatch: { policy: EscalationPolicy | null; step: number; round: number; exhausted: boolean } | null;
  declined: string[];
  alreadyPaged: string[];
  live: string[];
  openTickets: Record<string, number>;
  turns: { policy_id: string; step: number; turn: number }[];
}

/** Finds somebody for a ticket: who is paged, when the next are, and what happens when nobody answers. */
@Injectable()
export class Dispatcher {
  private readonly config = loadDispatchConfig();

  constructor(
    private readonly roster: Roster,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  /** Begins the paging of an open ticket from the first step, by the policy that is for it now. */
  async start(work: Work, ticket: TicketFacts): Promise<void> {
    const situation = await this.situation(work, ticket);
    const policy = await this.policyFor(work, ticket);
    await this.take(work, ticket, situation, policy, beforeFirstStep, 'dispatch.started');
  }

  /** Takes the next step of a ticket that nobody has claimed. */
  async escalate(work: Work, ticket: TicketFacts): Promise<void> {
    const situation = await this.situation(work, ticket);
    const { dispatch } = situation;
    if (!dispatch) return this.start(work, ticket);
    await this.take(
      work,
      ticket,
      situation,
      dispatch.policy,
      { step: dispatch.step, round: dispatch.round },
      'dispatch.escalated',
    );
  }

  /** Begins anew when another policy is for the ticket now; otherwise goes on as it is. */
  async reconsider(work: Work, ticket: TicketFacts): Promise<void> {
    const { dispatch } = await this.situation(work, ticket);
    const policy = await this.policyFor(work, ticket);
    if (policy?.id !== dispatch?.policy?.id) await this.start(work, ticket);
  }

  /**
   * Somebody who was asked will not come (declined, or cannot be reached): while others of the step are still being
   * asked, the next best fit is asked beside them; otherwise the next step is taken at once.
   */
  async replace(work: Work, ticket: TicketFacts): Promise<void> {
    const situation = await this.situation(work, ticket);
    const policy = situation.dispatch?.policy ?? null;
    if (situation.live.length > 0) {
      const facts = await this.facts(work, ticket, situation, policy);
      const next = nextBestFit(facts, new Set(situation.alreadyPaged));
      if (next) await this.pages.owe(work, ticket, [next], 'claim', system);
      return;
    }
    // Once everybody has been asked, asking them all again waits for its time.
    if (!situation.dispatch?.exhausted) await this.escalate(work, ticket);
  }

  /** Everybody on the roster as candidates for the ticket, the best first. */
  async candidates(
    work: Work,
    ticket: TicketFacts,
  ): Promise<{ members: RosterMember[]; candidates: PagingFacts['candidates'] }> {
    const situation = await this.situation(work, ticket);
    const members = (await this.roster.activeResponders(work)).filter(({ deskRole }) => deskRole === 'responder');
    return { members, candidates: (await this.facts(work, ticket, situation, null)).candidates };
  }

  private async take(
    work: Work,
    ticket: TicketFacts,
    situation: Situation,
    policy: EscalationPolicy | null,
    position: EscalationPosition,
    type: 'dispatch.started' | 'dispatch.escalated',
  ): Promise<void> {
    const facts = await this.facts(work, ticket, situation, policy);
    const decision = decideNextStep(facts, position);
    const now = this.clock.now();
    const nextStepAt = new Date(now.getTime() + decision.waitMs);
    const coordinators = new Set(facts.coordinators);
    const pages = decision.pages.map((page) => ({
      ...page,
      id: newId(),
      purpose: coordinators.has(page.responderId) ? ('notice' as const) : ('claim' as const),
    }));
    const { step, round } = decision.position;
    const rows = pages.map(({ id, responderId, purpose, reasons }) => ({
      id,
      responder_id: responderId,
      purpose,
      reasons,
    }));
    const status = decision.exhausted ? 'exhausted' : 'paging';
    await work.query(writeStep, [
      ticket.id,
      JSON.stringify(rows),
      policy && JSON.stringify(policy),
      step,
      round,
      decision.exhausted,
      status,
      nextStepAt,
      now,
    ]);
    for (const page of pages) this.pages.recordOwed(work, ticket, { ...page, step, round }, system, now);
    work.arm({ kind: escalationTimer, subjectId: ticket.id, dueAt: nextStepAt });
    this.tell(work, ticket, decision.exhausted ? 'dispatch.exhausted' : type, decision, nextStepAt, system);
    if (pages.length === 0) this.tell(work, ticket, 'dispatch.unreachable', decision, nextStepAt, system);
  }

  private tell(
    work: Work,
    ticket: TicketFacts,
    type: string,
    decision: PagingDecision,
    nextStepAt: Date,
    actor: Actor,
  ): void {
    work.record({
      type,
      subject: { type: 'ticket', id: ticket.id, reference: ticket.reference },
      actor,
      scope: scopeOfTicket(ticket),
      audience: 'desk',
      data: {
        ticketId: ticket.id,
        reference: ticket.reference,
        severity: ticket.severityLevel,
        step: decision.position.step,
        round: decision.position.round,
        paged: decision.pages.map(({ responderId }) => responderId),
        nextStepAt: nextStepAt.toISOString(),
      },
    });
  }

  private async policyFor(work: Work, ticket: TicketFacts): Promise<EscalationPolicy | null> {
    const { severityLevel: severity, country, classification } = ticket;
    return choosePolicy(await this.roster.policies(work), { severity, country, classification });
  }

  private async facts(
    work: Work,
    ticket: TicketFacts,
    situation: Situation,
    policy: EscalationPolicy | null,
  ): Promise<PagingFacts> {
    const everybody = await this.roster.activeResponders(work);
    const members = everybody.filter(({ deskRole }) => deskRole === 'responder');
    const declined = new Set(situation.declined);
    const targets = policy?.steps.flatMap((step) => step.targets) ?? [];
    const now = this.clock.now();
    const onCall = await this.roster.everybodyOnCall(work, now);
    const need = {
      providerId: ticket.providerId,
      country: ticket.country,
      skills: ticket.needs?.skills ?? [],
      languages: ticket.needs?.languages ?? (ticket.contact?.language ? [ticket.contact.language] : []),
      severity: ticket.severityLevel,
    };
    const openTickets = new Map(Object.entries(situation.openTickets));
    const matching = { openTickets, onCall, declined, alreadyPaged: new Set(situation.alreadyPaged) };
    const conflicting = members
      .filter(({ conflictsWith }) => conflictsWith.includes(ticket.providerId))
      .map(({ id }) => id);
    return {
      policy,
      candidates: rankCandidates(need, members, matching, this.roster.weights),
      excluded: new Set([...declined, ...conflicting]),
      coordinators: everybody.filter(({ deskRole }) => deskRole === 'coordinator').map(({ id }) => id),
      onCall: await this.roster.onCallNow(
        work,
        targets.flatMap((target) => ('schedule' in target ? [target.schedule] : [])),
        now,
      ),
      teams: await this.roster.teamMembers(
        work,
        targets.flatMap((target) => ('team' in target ? [target.team] : [])),
      ),
      turns: new Map(
        situation.turns.filter((turn) => turn.policy_id === policy?.id).map(({ step, turn }) => [step, turn]),
      ),
      exhaustedWaitMs: this.config.exhaustedRepeatMs,
    };
  }

  private async situation(work: Work, ticket: TicketFacts): Promise<Situation> {
    const [situation] = await work.query<Situation>(readSituation, [ticket.id]);
    if (!situation) throw new Error('A query without a FROM clause answered no row.');
    return situation;
  }
}
