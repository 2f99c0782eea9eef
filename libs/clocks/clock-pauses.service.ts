import { Injectable } from '@nestjs/common';
import { actorOf, Parameters, type Viewer } from '../identity/index.js';
import { Clock, isId, problems, UnitOfWork, type Work } from '../platform/index.js';
import type { ClockDto } from './clock.dto.js';
import { followUp } from './clock-changes.js';
import { visible } from './clock-reader.service.js';
import { clockColumns, saveClocks, type ClockRow } from './clock-row.js';
import { pauseClock, resumeClock } from './domain/service-clock.js';
import type { ServiceClockOutcome, ServiceClockProblem } from './domain/service-clock-state.js';
import { presentClock } from './present-clock.js';
import { clockProblems } from './problems.js';
import { ServiceClocks } from './service-clocks.service.js';

/** Pauses and resumes clocks, for a reason from the policy's list and by a named person. */
@Injectable()
export class ClockPauses {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly serviceClocks: ServiceClocks,
  ) {}

  async pause(viewer: Viewer, id: string, reason: string): Promise<ClockDto> {
    const { pauseReasons } = this.serviceClocks.policy;
    if (!pauseReasons.includes(reason))
      throw problems.invalidInput([{ pointer: '/reason', detail: `must be one of ${pauseReasons.join(', ')}` }]);
    return this.change(viewer, id, (row, now) => ({ outcome: pauseClock(row, now), pauseReason: reason }));
  }

  async resume(viewer: Viewer, id: string): Promise<ClockDto> {
    return this.change(viewer, id, (row, now) => ({ outcome: resumeClock(row, now), pauseReason: null }));
  }

  private change(
    viewer: Viewer,
    id: string,
    decide: (row: ClockRow, now: Date) => { outcome: ServiceClockOutcome; pauseReason: string | null },
  ): Promise<ClockDto> {
    return this.unitOfWork.run(async (work) => {
      const row = await this.lock(work, viewer, id);
      const now = this.clock.now();
      const { outcome, pauseReason } = decide(row, now);
      if (outcome.kind === 'problem') throw refusal(outcome.reason);
      const changed = { row: { ...row, ...outcome.clock, pauseReason }, happenings: outcome.happenings };
      await work.query(saveClocks, [JSON.stringify([changed.row])]);
      followUp(changed, actorOf(viewer), now, work);
      return presentClock(changed.row, now);
    });
  }

  private async lock(work: Work, viewer: Viewer, id: string): Promise<ClockRow> {
    if (!isId(id)) throw problems.notFound('clock');
    const parameters = new Parameters();
    const condition = `clock.id = ${parameters.add(id)} AND ${visible(viewer, parameters)}`;
    const text = `SELECT ${clockColumns('clock')} FROM codegrey.clocks AS clock WHERE ${condition} FOR UPDATE OF clock`;
    const [row] = await work.query<ClockRow & Record<string, unknown>>(
      { name: `clock-lock-${viewer.role}-${viewer.countries === null}`, text },
      parameters.values,
    );
    if (!row) throw problems.notFound('clock');
    return row;
  }
}

function refusal(reason: ServiceClockProblem) {
  switch (reason) {
    case 'not-pausable':
      return clockProblems.notPausable();
    case 'already-breached':
      return clockProblems.alreadyBreached();
    case 'not-paused':
      return clockProblems.notPaused();
    default:
      return clockProblems.notRunning();
  }
}
