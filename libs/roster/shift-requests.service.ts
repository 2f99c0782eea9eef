import { Injectable } from '@nestjs/common';
import { Brackets, DataSource } from 'typeorm';
import type { Viewer } from '../identity/index.js';
import {
  Clock,
  decodeCursor,
  newId,
  problems,
  toPage,
  UnitOfWork,
  type Fault,
  type Page,
  type Work,
} from '../platform/index.js';
import { actingFor } from './acting-for.js';
import { fitToCover } from './domain/fit-to-cover.js';
import { peopleNamed } from './domain/people-named.js';
import { requesterObstacles, takerObstacles } from './domain/shift-request.js';
import { rosterProblems } from './problems.js';
import type { Schedule } from './roster.entity.js';
import { Roster } from './roster.service.js';
import { toDefinition } from './schedule-definition.js';
import { findSchedule } from './schedule-rows.js';
import { restWarnings, shiftRequestFacts } from './shift-request-facts.js';
import { shiftRequestFaults } from './shift-request-input.js';
import { ShiftRequestNews } from './shift-request-news.service.js';
import { askedBy, findRequest, presentRequest } from './shift-request-rows.js';
import type {
  ShiftRequestDto,
  ShiftRequestInputDto,
  ShiftRequestQuery,
  ShiftRequestWarnedDto,
} from './shift-request.dto.js';
import { ShiftRequest, ShiftRequestAsked, toTerms } from './shift-request.entity.js';
import { RestRules } from './watch/rest-rules.service.js';

/** The timer by which a request ends when its shift begins. */
export const shiftRequestTimer = 'shift-request.expiry';

const mostAsked = 100;
/** What one person may have open at one time: each of them tells others. */
const mostOpen = 50;

/** Wishes that somebody else takes a shift, or swaps it for one of theirs. Until one is accepted, nothing changes. */
@Injectable()
export class ShiftRequests {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
    private readonly news: ShiftRequestNews,
    private readonly rest: RestRules,
    private readonly clock: Clock,
  ) {}

  /** Asks one person, or everybody who is fit. Throws 422 for what cannot be, and 409 when nobody is fit. */
  async create(viewer: Viewer, input: ShiftRequestInputDto): Promise<ShiftRequestWarnedDto> {
    const requesterId = actingFor(viewer, input.onBehalfOf);
    const faults = shiftRequestFaults(input, requesterId, this.clock.now());
    if (faults.length > 0) throw problems.invalidInput(faults);
    return this.unitOfWork.run(async (work) => {
      const schedule = await findSchedule(work.manager, input.scheduleId);
      await refuseTooMany(work, viewer);
      const request = newRequest(viewer, input, schedule, requesterId, this.clock.now());
      const takers = await this.takers(work, schedule, request, input.to);
      const asked = takers.map((responderId) => ({ requestId: request.id, responderId, refusedAt: null }));
      await work.manager.insert(ShiftRequest, request);
      await work.manager.insert(ShiftRequestAsked, asked);
      work.arm({ kind: shiftRequestTimer, subjectId: request.id, dueAt: request.startsAt });
      this.news.record(work, viewer, 'shift-request.made', request, asked);
      await this.news.asked(work, request, asked);
      const [one] = request.askedOne ? takers : [];
      const warnings = one === undefined ? [] : await restWarnings(work, this.rest, toTerms(request), one);
      return { ...presentRequest(request, asked), warnings };
    });
  }

  async get(viewer: Viewer, id: string): Promise<ShiftRequestDto> {
    const { request, asked } = await findRequest(this.dataSource.manager, viewer, id);
    return presentRequest(request, asked);
  }

  /** Requests, the newest first. Indexes: shift_requests_state, shift_requests_schedule, shift_requests_requester, shift_request_asked_responder. */
  async list(viewer: Viewer, query: ShiftRequestQuery): Promise<Page<ShiftRequestDto>> {
    const { manager } = this.dataSource;
    const builder = manager.createQueryBuilder(ShiftRequest, 'request').orderBy('request.id', 'DESC');
    if (query.state) builder.andWhere('request.state = :state', { state: query.state });
    if (query.scheduleId) builder.andWhere('request.schedule_id = :scheduleId', { scheduleId: query.scheduleId });
    const before = decodeCursor(query.cursor, ['id']);
    if (before) builder.andWhere('request.id < :before', { before: before[0] });
    if (viewer.role === 'responder') {
      const asked = `request.id IN (SELECT request_id FROM codegrey.shift_request_asked WHERE responder_id = :me)`;
      const own = (part: Brackets['whereFactory']) => new Brackets(part);
      builder.andWhere(
        own((part) => part.where('request.requester_id = :me').orWhere(asked)),
        { me: viewer.principalId },
      );
    }
    const rows = await builder.take(query.limit + 1).getMany();
    const asked = await askedBy(manager, rows);
    const present = (row: ShiftRequest) => presentRequest(row, asked.get(row.id) ?? []);
    return toPage(rows, query.limit, ({ id }) => [id], present);
  }

  /** Whom to ask: the one who is named, or everybody who is fit. */
  private async takers(work: Work, schedule: Schedule, request: ShiftRequest, to: string): Promise<string[]> {
    const people = (await this.roster.activeResponders(work)).filter(({ deskRole }) => deskRole === 'responder');
    const terms = toTerms(request);
    const facts = await shiftRequestFacts(
      work.manager,
      schedule,
      terms,
      people.map(({ id }) => id),
    );
    const faults: Fault[] = requesterObstacles(terms, facts);
    const taker = to.toLowerCase();
    if (request.askedOne) {
      const isKnown = people.some(({ id }) => id === taker);
      if (!isKnown) faults.push({ pointer: '/to', detail: 'is nobody on the roster who takes tickets' });
      else faults.push(...takerObstacles(terms, taker, facts));
    }
    if (faults.length > 0) throw problems.invalidInput(faults);
    if (request.askedOne) return [taker];
    // A schedule does not say what whoever is on call by it must bring: whoever is free may be asked.
    const needs = { skills: [], languages: [] };
    const plan = { definition: toDefinition(schedule.definition), overrides: [] };
    const elsewhere = await this.roster.shiftsElsewhere(work, schedule.id, request.startsAt, request.endsAt);
    const fit = fitToCover(terms, facts, people, { own: peopleNamed(plan), needs, elsewhere });
    if (fit.length === 0) throw rosterProblems.nobodyFit();
    return fit.slice(0, mostAsked);
  }
}

async function refuseTooMany(work: Work, { principalId }: Viewer): Promise<void> {
  const open = await work.manager.countBy(ShiftRequest, { createdBy: principalId, state: 'open' });
  if (open >= mostOpen) throw problems.conflict(`${mostOpen} requests are open already: withdraw some first.`);
}

function newRequest(
  viewer: Viewer,
  input: ShiftRequestInputDto,
  schedule: Schedule,
  requesterId: string | null,
  now: Date,
): ShiftRequest {
  return {
    id: newId(),
    scheduleId: schedule.id,
    kind: input.kind,
    requesterId,
    startsAt: new Date(input.start),
    endsAt: new Date(input.end),
    theirsStartsAt: input.theirs ? new Date(input.theirs.start) : null,
    theirsEndsAt: input.theirs ? new Date(input.theirs.end) : null,
    askedOne: input.to !== 'anyone-fit',
    note: input.note ?? null,
    state: 'open',
    takerId: null,
    createdBy: viewer.principalId,
    createdAt: now,
    closedAt: null,
  };
}
