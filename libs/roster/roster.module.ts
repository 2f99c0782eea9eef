import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AbsenceEffects } from './absence-effects.service.js';
import { Absence } from './absence.entity.js';
import { AbsencesController } from './absences.controller.js';
import { Absences } from './absences.service.js';
import { CalendarFeed } from './calendar-feed.entity.js';
import { CalendarFeeds } from './calendar-feeds.service.js';
import { CalendarsController } from './calendars.controller.js';
import { EscalationPoliciesController } from './escalation-policies.controller.js';
import { EscalationPolicies } from './escalation-policies.service.js';
import { HolidaysController } from './holidays.controller.js';
import { OnCallController } from './on-call.controller.js';
import { PolicyTestLoop } from './policy-test-loop.service.js';
import { PolicyTests } from './policy-tests.service.js';
import { PolicyWatch } from './policy-watch.service.js';
import { PersonalNotices } from './personal-notices.service.js';
import { RespondersController } from './responders.controller.js';
import { Responders } from './responders.service.js';
import { EscalationPolicyRow, Responder, ResponderStandby, Schedule, ScheduleOverride, Team } from './roster.entity.js';
import { Roster } from './roster.service.js';
import { ScheduleOverrides } from './schedule-overrides.service.js';
import { ScheduleChangesController } from './schedule-changes.controller.js';
import { ScheduleChanges } from './schedule-changes.service.js';
import { ScheduleEdits } from './schedule-edits.service.js';
import { SchedulesController } from './schedules.controller.js';
import { Schedules } from './schedules.service.js';
import { ShiftCalendars } from './shift-calendars.service.js';
import { ShiftRequestAnswers } from './shift-request-answers.service.js';
import { ShiftRequestNews } from './shift-request-news.service.js';
import { ShiftRequest, ShiftRequestAsked } from './shift-request.entity.js';
import { ShiftRequestsController } from './shift-requests.controller.js';
import { ShiftRequests } from './shift-requests.service.js';
import { Shifts } from './shifts.service.js';
import { TakeOverController } from './take-over.controller.js';
import { TakeOvers } from './take-overs.service.js';
import { StandbyController } from './standby.controller.js';
import { Standbys } from './standby.service.js';
import { TeamsController } from './teams.controller.js';
import { Teams } from './teams.service.js';
import { FairnessController } from './watch/fairness.controller.js';
import { Fairness } from './watch/fairness.service.js';
import { PlannedShifts } from './watch/planned-shifts.service.js';
import { RestRules } from './watch/rest-rules.service.js';
import { RosterWatch } from './watch/roster-watch.service.js';
import { WatchController } from './watch/watch.controller.js';
import { WatchReader } from './watch/watch-reader.service.js';

/** Responders, teams, schedules and escalation policies. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([
      Responder,
      ResponderStandby,
      Team,
      Schedule,
      ScheduleOverride,
      EscalationPolicyRow,
      Absence,
      ShiftRequest,
      ShiftRequestAsked,
      CalendarFeed,
    ]),
  ],
  controllers: [
    RespondersController,
    StandbyController,
    TeamsController,
    SchedulesController,
    ScheduleChangesController,
    OnCallController,
    HolidaysController,
    EscalationPoliciesController,
    WatchController,
    FairnessController,
    AbsencesController,
    ShiftRequestsController,
    TakeOverController,
    CalendarsController,
  ],
  providers: [
    Roster,
    PersonalNotices,
    Responders,
    Standbys,
    Teams,
    Schedules,
    ScheduleOverrides,
    ScheduleEdits,
    ScheduleChanges,
    Shifts,
    EscalationPolicies,
    Absences,
    AbsenceEffects,
    ShiftRequests,
    ShiftRequestAnswers,
    ShiftRequestNews,
    TakeOvers,
    ShiftCalendars,
    CalendarFeeds,
    PlannedShifts,
    RestRules,
    RosterWatch,
    WatchReader,
    Fairness,
    PolicyTests,
    PolicyWatch,
  ],
  exports: [Roster, PersonalNotices, RestRules, PolicyTests, TakeOvers],
})
export class RosterModule {}

/** The loops of the roster, for processes with workers. */
@Module({ providers: [PolicyTestLoop] })
export class RosterWorkerModule {}
