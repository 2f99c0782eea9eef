import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { TicketFacts } from '../cases/index.js';
import { system } from '../identity/index.js';
import { Clock, newId, TimerHandlers, type FiredTimer, type Work } from '../platform/index.js';
import { loadDispatchConfig } from './dispatch-config.js';
import { decideStorm, hasGrown, type LiveStorm, type SharedCause, type StormCause } from './domain/storm.js';
import {
  beginStorm,
  endStorms,
  findLiveStorm,
  gatherStorm,
  joinStorm,
  noteStormsTold,
  readSharedCauses,
  readStormCountries,
  readStormStandings,
} from './storms.sql.js';

/** The kind of timer that looks at a storm again: has it grown, is it over. */
const stormTimer = 'dispatch-storm';

interface StormStanding extends Record<string, unknown> {
  id: string;
  cause: StormCause;
  value: string;
  toldTickets: number;
  tickets: number;
  lastTicketAt: Date | null;
}

interface StormCountry extends Record<string, unknown> {
  stormId: string;
  country: string;
  tickets: number;
  ticketId: string;
  incidentId: string;
  tlp: string;
  newest: string[];
}

/** Notices that many tickets have one cause, and tells the coordinators, who decide whether it is a campaign. */
@Injectable()
export class Storms implements OnModuleInit {
  private readonly config = loadDispatchConfig().storm;

  constructor(
    private readonly timers: TimerHandlers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timers.add(stormTimer, (work, timers) => this.lookAgain(work, timers));
  }

  /** Puts a new ticket into the storm that it belongs to, if there is one. */
  async consider(work: Work, ticket: TicketFacts): Promise<void> {
    const [known] = await work.query<{ shared: SharedCause[] | null; live: LiveStorm[] }>(readSharedCauses, [
      ticket.id,
      this.since(),
    ]);
    const decision = decideStorm(known?.shared ?? [], known?.live ?? [], this.config);
    if (decision.kind === 'join') await work.query(joinStorm, [ticket.id, decision.stormId, ticket.createdAt]);
    if (decision.kind === 'begin') await this.begin(work, ticket, decision.cause, decision.value);
  }

  private async begin(work: Work, ticket: TicketFacts, cause: StormCause, value: string): Promise<void> {
    const now = this.clock.now();
    const [begun] = await work.query<{ id: string }>(beginStorm, [newId(), cause, value, ticket.exercise, now]);
    if (!begun) {
      const [other] = await work.query<{ id: string }>(findLiveStorm, [cause, value, ticket.exercise]);
      if (other) await work.query(joinStorm, [ticket.id, other.id, ticket.createdAt]);
      return;
    }
    await work.query(gatherStorm, [begun.id, cause, value, ticket.exercise, this.since()]);
    await this.tell(work, await work.query<StormStanding>(readStormStandings, [[begun.id]]));
    work.arm({ kind: stormTimer, subjectId: begun.id, dueAt: new Date(now.getTime() + this.config.tellEveryMs) });
  }

  private async lookAgain(work: Work, timers: FiredTimer[]): Promise<void> {
    const ids = timers.map(({ subjectId }) => subjectId);
    const standings = await work.query<StormStanding>(readStormStandings, [ids]);
    const since = this.since();
    const now = this.clock.now();
    const isOver = ({ lastTicketAt }: StormStanding) => lastTicketAt === null || lastTicketAt <= since;
    const over = standings.filter(isOver);
    if (over.length > 0) await work.query(endStorms, [over.map(({ id }) => id), now]);
    const live = standings.filter((storm) => !isOver(storm));
    const grown = live.filter(({ tickets, toldTickets }) => hasGrown(tickets, toldTickets));
    if (grown.length > 0) await this.tell(work, grown);
    const dueAt = new Date(now.getTime() + this.config.tellEveryMs);
    for (const { id } of live) work.arm({ kind: stormTimer, subjectId: id, dueAt });
  }

  /**
   * Proposes a campaign: once for each country, to those who may see its tickets, and no more of the others than that there are some.
   * Under the strictest label, so that it tells nobody what a single ticket would not.
   */
  private async tell(work: Work, storms: readonly StormStanding[]): Promise<void> {
    await work.query(noteStormsTold, [JSON.stringify(storms.map(({ id, tickets }) => ({ id, tickets })))]);
    const countries = await work.query<StormCountry>(readStormCountries, [storms.map(({ id }) => id)]);
    const stormOf = new Map(storms.map((storm) => [storm.id, storm]));
    for (const { stormId, country, tickets, ticketId, incidentId, tlp, newest } of countries) {
      const storm = stormOf.get(stormId);
      if (!storm) continue;
      const { cause, value } = storm;
      work.record({
        type: 'campaign.suspected',
        subject: { type: 'storm', id: stormId, reference: newest.at(-1) },
        actor: system,
        scope: { ticketId, incidentId, providerId: null, country, tlp },
        audience: 'desk',
        data: {
          id: stormId,
          cause,
          value,
          reasons: [`${storm.tickets} tickets with the same ${cause} within ${this.config.withinMs / 60_000} minutes`],
          country,
          tickets: newest,
          ticketsInCountry: tickets,
          ticketsInAll: storm.tickets,
        },
      });
    }
  }

  private since(): Date {
    return new Date(this.clock.now().getTime() - this.config.withinMs);
  }
}
