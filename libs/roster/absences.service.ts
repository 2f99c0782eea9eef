import { Injectable } from '@nestjs/common';
import { Brackets, DataSource, IsNull, MoreThan } from 'typeorm';
import type { Viewer } from '../identity/index.js';
import {
  Clock,
  decodeCursor,
  isId,
  newId,
  parseInstant,
  problems,
  toPage,
  UnitOfWork,
  type Fault,
  type Page,
  type Work,
} from '../platform/index.js';
import { wallTime } from '../platform/domain/index.js';
import { AbsenceEffects } from './absence-effects.service.js';
import { Absence } from './absence.entity.js';
import type { AbsenceDto, AbsenceInputDto, AbsenceMadeDto, AbsenceQuery } from './absence.dto.js';
import { PersonalNotices } from './personal-notices.service.js';
import { responderInHand } from './responder-rows.js';
import type { Responder } from './roster.entity.js';
import { Roster } from './roster.service.js';

const millisecondsPerDay = 86_400_000;
const longestDays = 400;
/** An illness is often told late. What lies further back is a matter for the books, and no longer for the roster. */
const furthestBackDays = 31;
/** More than anybody plans by hand: a program that has run wild must not fill the roster. */
const mostEntered = 500;

/** When responders are away: vacation, illness, training. It takes them off every schedule. */
@Injectable()
export class Absences {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
    private readonly effects: AbsenceEffects,
    private readonly notices: PersonalNotices,
    private readonly clock: Clock,
  ) {}

  /** Writes down that somebody is away, and answers which of their shifts fall out and where nobody is left. */
  async add(viewer: Viewer, responderId: string, input: AbsenceInputDto): Promise<AbsenceMadeDto> {
    return this.unitOfWork.run(async (work) => {
      const responder = await responderInHand(work.manager, viewer, responderId);
      const absence: Absence = {
        id: newId(),
        responderId: responder.id,
        kind: input.kind ?? 'other',
        startsAt: new Date(input.start),
        endsAt: new Date(input.end),
        note: input.note ?? null,
        createdBy: viewer.principalId,
        createdAt: this.clock.now(),
        removedAt: null,
      };
      const faults = faultsOf(absence);
      if (faults.length > 0) throw problems.invalidInput(faults);
      await this.refuseTooMany(work, responder.id);
      const effects = await this.effects.of(work, responder.id, [absence]);
      await work.manager.insert(Absence, absence);
      await this.record(work, viewer, 'absence.added', absence);
      await this.tell(work, viewer, responder, absence, 'is written down');
      return { ...presentAbsence(absence), ...effects };
    });
  }

  /** Takes an absence back. One that has begun ends now, since its past is past. Throws 409 when it is over. */
  async remove(viewer: Viewer, responderId: string, absenceId: string): Promise<void> {
    await this.unitOfWork.run(async (work) => {
      const responder = await responderInHand(work.manager, viewer, responderId);
      const absence = isId(absenceId)
        ? await work.manager.findOne(Absence, {
            where: { id: absenceId, responderId: responder.id, removedAt: IsNull() },
            lock: { mode: 'pessimistic_write' },
          })
        : null;
      if (!absence) throw problems.notFound('absence');
      const now = this.clock.now();
      if (absence.endsAt <= now) throw problems.conflict('It is over. What has been stays on record.');
      await work.manager.update(Absence, absence.id, { removedAt: now, note: null });
      if (absence.startsAt < now) {
        await work.manager.insert(Absence, { ...absence, id: newId(), endsAt: now, note: null, createdAt: now });
      }
      await this.record(work, viewer, 'absence.removed', absence);
      await this.tell(work, viewer, responder, absence, 'was taken back');
    });
  }

  /** Absences of a responder, the first to end first. Index: absences_responder. */
  async list(viewer: Viewer, responderId: string, query: AbsenceQuery): Promise<Page<AbsenceDto>> {
    const { manager } = this.dataSource;
    const responder = await responderInHand(manager, viewer, responderId);
    const from = (query.from === undefined ? null : parseInstant(query.from)) ?? this.clock.now();
    const builder = manager
      .createQueryBuilder(Absence, 'absence')
      .where({ responderId: responder.id, removedAt: IsNull(), endsAt: MoreThan(from) })
      .orderBy('absence.endsAt')
      .addOrderBy('absence.id')
      .take(query.limit + 1);
    const after = decodeCursor(query.cursor, ['instant', 'id']);
    if (after) {
      const [endsAt, id] = after;
      builder.andWhere(
        new Brackets((rest) => rest.where('(absence.endsAt, absence.id) > (:endsAt, :id)', { endsAt, id })),
      );
    }
    const rows = await builder.getMany();
    return toPage(rows, query.limit, ({ endsAt, id }) => [endsAt.toISOString(), id], presentAbsence);
  }

  private async refuseTooMany(work: Work, responderId: string): Promise<void> {
    const open = await work.manager.countBy(Absence, {
      responderId,
      removedAt: IsNull(),
      endsAt: MoreThan(this.clock.now()),
    });
    if (open >= mostEntered)
      throw problems.conflict(`${mostEntered} absences are planned already: take some back first.`);
  }

  /** The journal says when and who, and not why: an illness is nobody else's business, and the journal is never erased. */
  private async record(work: Work, viewer: Viewer, type: string, absence: Absence): Promise<void> {
    const { id, responderId, startsAt, endsAt } = absence;
    const after = { id, responderId, start: startsAt.toISOString(), end: endsAt.toISOString() };
    await this.roster.changed(work, viewer, {
      type,
      subject: { type: 'responder', id: responderId },
      before: null,
      after,
    });
  }

  /** Tells the person what somebody else has written down for them. */
  private async tell(work: Work, viewer: Viewer, person: Responder, absence: Absence, what: string): Promise<void> {
    if (viewer.principalId === person.id) return;
    const [from, to] = [absence.startsAt, absence.endsAt].map((at) => wallTime(at, person.timeZone));
    await this.notices.tell(work, [person.id], {
      kind: 'absence',
      subject: `your absence ${what}`,
      text: `Your absence from ${from} to ${to} ${what} by the desk. If that is not so, tell them.`,
    });
  }
}

function faultsOf({ startsAt, endsAt, createdAt }: Absence): Fault[] {
  const days = (earlier: Date, later: Date) => (later.getTime() - earlier.getTime()) / millisecondsPerDay;
  const faults: Fault[] = [];
  if (endsAt <= startsAt) faults.push({ pointer: '/end', detail: 'must come after the start' });
  else if (days(startsAt, endsAt) > longestDays)
    faults.push({ pointer: '/end', detail: `must lie within ${longestDays} days of the start` });
  if (days(startsAt, createdAt) > furthestBackDays)
    faults.push({ pointer: '/start', detail: `must not lie more than ${furthestBackDays} days back` });
  return faults;
}

/** An absence as the API shows it. */
export function presentAbsence(absence: Absence): AbsenceDto {
  return {
    id: absence.id,
    responderId: absence.responderId,
    start: absence.startsAt.toISOString(),
    end: absence.endsAt.toISOString(),
    kind: absence.kind,
    note: absence.note,
    createdAt: absence.createdAt.toISOString(),
  };
}
