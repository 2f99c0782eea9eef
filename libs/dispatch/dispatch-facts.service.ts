import { Injectable } from '@nestjs/common';
import type { TicketFacts } from '../cases/index.js';
import { Clock, type Work } from '../platform/index.js';
import {
  choosePolicy,
  rankCandidates,
  Roster,
  type Candidate,
  type EscalationPolicy,
  type RosterMember,
} from '../roster/index.js';
import { loadDispatchConfig } from './dispatch-config.js';
import { readSituation } from './dispatch.sql.js';
import type { PagePurpose } from './domain/page-state.js';
import type { PagingFacts } from './domain/paging.js';

/** Where the paging of a ticket stands, as it was written. */
export interface Dispatch {
  policy: EscalationPolicy | null;
  /** 0 before the first step. */
  step: number;
  round: number;
  exhausted: boolean;
  /** RFC 3339. */
  started_at: string;
  gave_back: string[];
}

/** What is known of a ticket and of who is busy, at one moment. */
export interface Situation extends Record<string, unknown> {
  /** Null: the ticket was never dispatched. */
  dispatch: Dispatch | null;
  declined: string[];
  everPaged: string[];
  /** Who was asked by the steps taken since the paging began. */
  asked: { responderId: string; round: number }[];
  live: { responderId: string; purpose: PagePurpose; step: number; round: number }[];
  /** How many tickets each holds. */
  openTickets: Record<string, number>;
  /** RFC 3339, by responder. */
  lastPagedAt: Record<string, string>;
  turns: { policy_id: string; step: number; turn: number }[];
  /** In how many of the last seven nights each was paged. */
  recentNights: Record<string, number>;
  /** Who has held another ticket of the same provider. */
  knowProvider: string[];
}

const dayMs = 86_400_000;
const nightsLookedAt = 7;

/** Reads what decides who is paged. */
@Injectable()
export class DispatchFacts {
  private readonly config = loadDispatchConfig();

  constructor(
    private readonly roster: Roster,
    private readonly clock: Clock,
  ) {}

  /** What is known of a ticket. */
  async situation(work: Work, ticketId: string): Promise<Situation> {
    const firstNight = Math.floor(this.clock.now().getTime() / dayMs) - nightsLookedAt;
    const [situation] = await work.query<Situation>(readSituation, [ticketId, firstNight]);
    if (!situation) throw new Error('A query without a FROM clause answered no row.');
    return situation;
  }

  /** The policy that is for the ticket now. Null: none is. */
  async policyFor(work: Work, ticket: TicketFacts): Promise<EscalationPolicy | null> {
    const { severityLevel: severity, country, classification } = ticket;
    return choosePolicy(await this.roster.policies(work), { severity, country, classification });
  }

  /** Active people of a desk role. */
  async members(work: Work, deskRole: RosterMember['deskRole']): Promise<RosterMember[]> {
    return (await this.roster.activeResponders(work)).filter((member) => member.deskRole === deskRole);
  }

  /** Somebody who is active on the roster, whatever their role. Undefined when they are not. */
  async member(work: Work, id: string): Promise<RosterMember | undefined> {
    return (await this.roster.activeResponders(work)).find((member) => member.id === id);
  }

  /** Whether the roster records a conflict of interest between somebody and the provider of the ticket. */
  async hasConflict(work: Work, ticket: TicketFacts, principalId: string): Promise<boolean> {
    return (await this.member(work, principalId))?.conflictsWith.includes(ticket.providerId) ?? false;
  }

  /** Every active responder as a candidate for the ticket, the best fit first. `skills` take the place of those it needs. */
  async candidates(work: Work, ticket: TicketFacts, situation: Situation, skills?: string[]): Promise<Candidate[]> {
    const spoken = ticket.contact?.language ? [ticket.contact.language] : [];
    const need = {
      providerId: ticket.providerId,
      country: ticket.country,
      skills: skills ?? ticket.needs?.skills ?? [],
      skillLevels: ticket.needs?.skillLevels,
      languages: ticket.needs?.languages ?? spoken,
      severity: ticket.severityLevel,
    };
    const at = this.clock.now();
    const now = {
      at,
      openTickets: new Map(Object.entries(situation.openTickets)),
      onCall: await this.roster.everybodyOnCall(work, at),
      declined: new Set(situation.declined),
      alreadyPaged: new Set(situation.everPaged),
      lastPagedAt: new Map(Object.entries(situation.lastPagedAt).map(([id, at]) => [id, new Date(at)])),
      recentNights: new Map(Object.entries(situation.recentNights)),
      knowProvider: new Set(situation.knowProvider),
    };
    return rankCandidates(need, await this.members(work, 'responder'), now, this.roster.matching);
  }

  /** All that decides the next step by a policy. */
  async paging(
    work: Work,
    ticket: TicketFacts,
    situation: Situation,
    policy: EscalationPolicy | null,
  ): Promise<PagingFacts> {
    const now = this.clock.now();
    const targets = policy?.steps.flatMap((step) => step.targets) ?? [];
    const schedules = targets.flatMap((target) => ('schedule' in target ? [target.schedule] : []));
    const teams = targets.flatMap((target) => ('team' in target ? [target.team] : []));
    const conflicting = (await this.roster.activeResponders(work)).filter(({ conflictsWith }) =>
      conflictsWith.includes(ticket.providerId),
    );
    const turns = situation.turns.filter((turn) => turn.policy_id === policy?.id);
    return {
      policy,
      severity: ticket.severityLevel,
      candidates: await this.candidates(work, ticket, situation),
      excluded: new Set([...situation.declined, ...conflicting.map(({ id }) => id)]),
      coordinators: (await this.members(work, 'coordinator')).map(({ id }) => id),
      onCall: await this.roster.onCallNow(work, schedules, now),
      everybodyOnCall: await this.roster.everybodyOnCall(work, now),
      teams: await this.roster.teamMembers(work, teams),
      turns: new Map(turns.map(({ step, turn }) => [step, turn])),
      asked: askedByRound(situation.asked),
      gaveBack: new Set(situation.dispatch?.gave_back ?? []),
      withoutPolicy: this.config.withoutPolicy,
      exhaustedWaitMs: this.config.exhaustedRepeatMs,
    };
  }
}

function askedByRound(asked: Situation['asked']): Map<number, Set<string>> {
  const rounds = Map.groupBy(asked, ({ round }) => round);
  return new Map([...rounds].map(([round, pages]) => [round, new Set(pages.map(({ responderId }) => responderId))]));
}
