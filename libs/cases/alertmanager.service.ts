import { Injectable } from '@nestjs/common';
import { actorOf, type Viewer } from '../identity/index.js';
import { isId, UnitOfWork, type Work } from '../platform/index.js';
import type { AlertDto, AlertmanagerAnswerDto, AlertmanagerNotificationDto } from './alertmanager.dto.js';
import { ticketFromAlerts } from './domain/alerts.js';
import type { TicketFacts } from './domain/ticket.js';
import { Intake, type ProviderOfCase } from './intake.service.js';
import { scopeOfTicket, Tickets } from './tickets.service.js';

/** Serialises the notifications of one group, so that two at once open one ticket. */
const lockGroup = { name: 'alert-group-lock', text: `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))` };

/** The open ticket that alerts of this group have opened or joined. Index: reported_alerts_group. */
const openTicketOfGroup = {
  name: 'alert-group-ticket',
  text: `
    SELECT ticket.id FROM codegrey.reported_alerts AS alert JOIN codegrey.tickets AS ticket ON ticket.id = alert.ticket_id
    WHERE alert.principal_id = $1 AND (alert.group_key = $2 OR alert.fingerprint = ANY($3::text[])) AND ticket.state IN ('open', 'claimed')
    ORDER BY ticket.id LIMIT 1`,
};

/** Keeps what is known of each alert; answers those whose state is new. Index: the primary key. */
const keepAlerts = {
  name: 'alerts-keep',
  text: `
    INSERT INTO codegrey.reported_alerts AS known (principal_id, fingerprint, group_key, ticket_id, status, changed_at)
    SELECT $1, alert.fingerprint, $2, $3, alert.status, codegrey.now() FROM jsonb_to_recordset($4::jsonb) AS alert(fingerprint text, status text)
    ON CONFLICT (principal_id, fingerprint) DO UPDATE
      SET status = excluded.status, ticket_id = excluded.ticket_id, group_key = excluded.group_key, changed_at = excluded.changed_at
      WHERE known.status <> excluded.status OR known.ticket_id <> excluded.ticket_id
    RETURNING fingerprint`,
};

/** Takes notifications of Prometheus Alertmanager: a group of alerts opens one ticket, repeats join it, and it is told what resolved. */
@Injectable()
export class AlertmanagerIntake {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: Tickets,
    private readonly intake: Intake,
  ) {}

  async take(viewer: Viewer, notification: AlertmanagerNotificationDto): Promise<AlertmanagerAnswerDto> {
    const firing = notification.alerts.filter((alert) => alert.status === 'firing');
    const provider = firing.length > 0 ? await this.providerOf(viewer, notification, firing) : null;
    return this.unitOfWork.run(async (work) => {
      await work.query(lockGroup, [`${viewer.principalId}/${notification.groupKey}`]);
      const fingerprints = notification.alerts.map((alert) => alert.fingerprint);
      const [known] = await work.query<{ id: string }>(openTicketOfGroup, [
        viewer.principalId,
        notification.groupKey,
        fingerprints,
      ]);
      if (known) return this.join(work, viewer, notification, known.id);
      return provider
        ? this.open(work, viewer, notification, firing, provider)
        : { outcome: 'nothing-to-do', ticketId: null, reference: null };
    });
  }

  /** The provider that the alerts name by their label `provider`, or else the credential's own. */
  private providerOf(
    viewer: Viewer,
    { commonLabels }: AlertmanagerNotificationDto,
    firing: AlertDto[],
  ): Promise<ProviderOfCase> {
    const { provider } = { ...commonLabels, ...firing[0]?.labels };
    return this.intake.providerFor(viewer, isId(provider) ? provider : undefined);
  }

  private async open(
    work: Work,
    viewer: Viewer,
    notification: AlertmanagerNotificationDto,
    firing: AlertDto[],
    provider: ProviderOfCase,
  ): Promise<AlertmanagerAnswerDto> {
    const input = ticketFromAlerts(firing, notification.commonAnnotations ?? {});
    const ticket = await this.intake.openWithin(work, viewer, input, provider);
    await this.keep(work, viewer, notification, ticket.id);
    return { outcome: 'opened', ticketId: ticket.id, reference: ticket.reference };
  }

  private async join(
    work: Work,
    viewer: Viewer,
    notification: AlertmanagerNotificationDto,
    ticketId: string,
  ): Promise<AlertmanagerAnswerDto> {
    const ticket = await this.tickets.lock(work, ticketId);
    if (!ticket) return { outcome: 'nothing-to-do', ticketId: null, reference: null };
    const changed = await this.keep(work, viewer, notification, ticketId);
    for (const alert of notification.alerts.filter(({ fingerprint }) => changed.has(fingerprint)))
      this.tell(work, viewer, ticket, alert);
    return { outcome: changed.size > 0 ? 'joined' : 'nothing-to-do', ticketId, reference: ticket.reference };
  }

  private async keep(
    work: Work,
    viewer: Viewer,
    { alerts, groupKey }: AlertmanagerNotificationDto,
    ticketId: string,
  ): Promise<Set<string>> {
    const last = new Map(alerts.map(({ fingerprint, status }) => [fingerprint, { fingerprint, status }]));
    const rows = await work.query<{ fingerprint: string }>(keepAlerts, [
      viewer.principalId,
      groupKey,
      ticketId,
      JSON.stringify([...last.values()]),
    ]);
    return new Set(rows.map((row) => row.fingerprint));
  }

  private tell(work: Work, viewer: Viewer, ticket: TicketFacts, alert: AlertDto): void {
    const name = alert.labels.alertname ?? alert.fingerprint;
    work.record({
      type: alert.status === 'resolved' ? 'ticket.alert-resolved' : 'ticket.alert-joined',
      subject: { type: 'ticket', id: ticket.id, reference: ticket.reference },
      actor: actorOf(viewer),
      scope: scopeOfTicket(ticket),
      audience: 'case',
      data: {
        id: ticket.id,
        reference: ticket.reference,
        alert: { fingerprint: alert.fingerprint, status: alert.status, labels: alert.labels },
        note: `${name}: ${alert.status}`,
      },
    });
  }
}
