import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Viewer } from '../identity/index.js';
import { Clock, isId, problems, UnitOfWork, type Fault } from '../platform/index.js';
import { Responder, ResponderStandby } from './roster.entity.js';
import { Roster } from './roster.service.js';
import type { SetStandbyDto, StandbyDto } from './standby.dto.js';

/** What is said for longer than that is an absence, and belongs into the schedule. */
const longestMs = 7 * 86_400_000;

/** What people say of themselves for a while: that they are awake, driving, or not to be paged before some time. */
@Injectable()
export class Standbys {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
    private readonly clock: Clock,
  ) {}

  /** What holds of somebody now. Throws 404 when they are nobody on the roster. */
  async of(responderId: string): Promise<StandbyDto> {
    await this.requireKnown(responderId);
    const said = await this.dataSource.manager.findOneBy(ResponderStandby, { responderId });
    return presentStandby(responderId, said, this.clock.now());
  }

  /** Says it, in the place of what was said before. A responder speaks for nobody but themselves: 403. */
  async set(viewer: Viewer, responderId: string, { status, until }: SetStandbyDto): Promise<StandbyDto> {
    await this.requireKnown(responderId);
    if (viewer.role === 'responder' && viewer.principalId !== responderId)
      throw problems.forbidden('A responder says this of themselves; a coordinator may for others.');
    const now = this.clock.now();
    const faults = untilFaults(status, until, now);
    if (faults.length > 0) throw problems.invalidInput(faults);
    return this.unitOfWork.run(async (work) => {
      const known = await work.manager.findOneBy(ResponderStandby, { responderId });
      const said =
        status === 'normal' || until === undefined
          ? null
          : { responderId, status, until: new Date(until), setBy: viewer.principalId, setAt: now };
      if (said) await work.manager.upsert(ResponderStandby, said, ['responderId']);
      else await work.manager.delete(ResponderStandby, { responderId });
      const after = presentStandby(responderId, said, now);
      await this.roster.changed(work, viewer, {
        type: 'responder.standby-changed',
        subject: { type: 'responder', id: responderId },
        before: presentStandby(responderId, known, now),
        after,
      });
      return after;
    });
  }

  private async requireKnown(id: string): Promise<void> {
    const known = isId(id) && (await this.dataSource.manager.existsBy(Responder, { id }));
    if (!known) throw problems.notFound('responder');
  }
}

function untilFaults(status: SetStandbyDto['status'], until: string | undefined, now: Date): Fault[] {
  const pointer = '/until';
  if (status === 'normal') return until === undefined ? [] : [{ pointer, detail: 'has no meaning for normal' }];
  if (until === undefined) return [{ pointer, detail: `is needed: ${status} has to end by itself` }];
  const ms = new Date(until).getTime() - now.getTime();
  if (ms <= 0) return [{ pointer, detail: 'is past' }];
  return ms > longestMs ? [{ pointer, detail: 'is more than 7 days ahead' }] : [];
}

function presentStandby(responderId: string, said: ResponderStandby | null, now: Date): StandbyDto {
  if (!said || said.until <= now) return { responderId, status: 'normal', until: null, setBy: null, setAt: null };
  const { status, until, setBy, setAt } = said;
  return { responderId, status, until: until.toISOString(), setBy, setAt: setAt.toISOString() };
}
