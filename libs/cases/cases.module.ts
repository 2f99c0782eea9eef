import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AlertmanagerController } from './alertmanager.controller.js';
import { AlertmanagerIntake } from './alertmanager.service.js';
import { CaseHandling } from './case-handling.service.js';
import { IncidentFiles } from './incident-file.service.js';
import { Incident, IncidentService } from './incident.entity.js';
import { IncidentsController } from './incidents.controller.js';
import { Incidents } from './incidents.service.js';
import { Intake } from './intake.service.js';
import { Merging } from './merging.service.js';
import { Ticket } from './ticket.entity.js';
import { TicketReader } from './ticket-reader.service.js';
import { TicketsController } from './tickets.controller.js';
import { Tickets } from './tickets.service.js';
import { Timeline } from './timeline.service.js';

/** Tickets, incidents, their lifecycle and timeline. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Ticket, Incident, IncidentService])],
  controllers: [TicketsController, IncidentsController, AlertmanagerController],
  providers: [
    Tickets,
    TicketReader,
    Intake,
    CaseHandling,
    Merging,
    Timeline,
    Incidents,
    IncidentFiles,
    AlertmanagerIntake,
  ],
  exports: [Tickets, TicketReader],
})
export class CasesModule {}
