import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EscalationPoliciesController } from './escalation-policies.controller.js';
import { EscalationPolicies } from './escalation-policies.service.js';
import { OnCallController } from './on-call.controller.js';
import { PersonalNotices } from './personal-notices.service.js';
import { RespondersController } from './responders.controller.js';
import { Responders } from './responders.service.js';
import { EscalationPolicyRow, Responder, Schedule, ScheduleOverride, Team } from './roster.entity.js';
import { Roster } from './roster.service.js';
import { ScheduleOverrides } from './schedule-overrides.service.js';
import { SchedulesController } from './schedules.controller.js';
import { Schedules } from './schedules.service.js';
import { Shifts } from './shifts.service.js';
import { TeamsController } from './teams.controller.js';
import { Teams } from './teams.service.js';

/** Responders, teams, schedules and escalation policies. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Responder, Team, Schedule, ScheduleOverride, EscalationPolicyRow])],
  controllers: [
    RespondersController,
    TeamsController,
    SchedulesController,
    OnCallController,
    EscalationPoliciesController,
  ],
  providers: [Roster, PersonalNotices, Responders, Teams, Schedules, ScheduleOverrides, Shifts, EscalationPolicies],
  exports: [Roster, PersonalNotices],
})
export class RosterModule {}
