import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AbsenceEffects } from './absence-effects.service.js';
import { Absence } from './absence.entity.js';
import { AbsencesController } from './absences.controller.js';
import { Absences } from './absences.service.js';
import { EscalationPoliciesController } from './escalation-policies.controller.js';
import { EscalationPolicies } from './escalation-policies.service.js';
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
import { SchedulesController } from './schedules.controller.js';
import { Schedules } from './schedules.service.js';
import { Shifts } from './shifts.service.js';
import { StandbyController } from './standby.controller.js';
import { Standbys } from './standby.service.js';
import { TeamsController } from './teams.controller.js';
import { Teams } from './teams.service.js';
import { PlannedShifts } from './watch/planned-shifts.service.js';
import { RestRules } from './watch/rest-rules.service.js';

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
    ]),
  ],
  controllers: [
    RespondersController,
    StandbyController,
    TeamsController,
    SchedulesController,
    OnCallController,
    EscalationPoliciesController,
    AbsencesController,
  ],
  providers: [
    Roster,
    PersonalNotices,
    Responders,
    Standbys,
    Teams,
    Schedules,
    ScheduleOverrides,
    Shifts,
    EscalationPolicies,
    Absences,
    AbsenceEffects,
    PlannedShifts,
    RestRules,
    PolicyTests,
    PolicyWatch,
  ],
  exports: [Roster, PersonalNotices, RestRules, PolicyTests],
})
export class RosterModule {}

/** The loops of the roster, for processes with workers. */
@Module({ providers: [PolicyTestLoop] })
export class RosterWorkerModule {}
