/** An alert of a monitoring system, as far as a ticket is made from it. */
export interface Alert {
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  startsAt?: string;
}

/** What a ticket says that was opened by alerts. */
export interface AlertTicket {
  summary: string;
  description: string;
  detectedAt?: string;
  impact?: { services: { service: string; status: 'down' | 'degraded' }[] };
}

const summaryLength = 500;
const descriptionLength = 20_000;
const word = /^[a-z0-9][a-z0-9-]{0,63}$/;

/**
 * A ticket from the alerts of one group. The summary is the group's own, else the first alert's; the description lists
 * every alert. A label `service` names a service of the provider, which is down when the alert is critical.
 */
export function ticketFromAlerts(alerts: Alert[], commonAnnotations: Record<string, string>): AlertTicket {
  const names = [...new Set(alerts.map(({ labels }) => labels.alertname ?? 'alert'))];
  const summary =
    commonAnnotations.summary ?? alerts[0]?.annotations?.summary ?? `${names.join(', ')} (${alerts.length} firing)`;
  const services = new Map<string, 'down' | 'degraded'>();
  for (const { labels } of alerts) {
    const { service, severity } = labels;
    if (service === undefined || !word.test(service)) continue;
    if (severity === 'critical' || !services.has(service))
      services.set(service, severity === 'critical' ? 'down' : 'degraded');
  }
  return {
    summary: printable(summary, summaryLength) || 'Alert without a name',
    description: printable(alerts.map(describe).join('\n\n'), descriptionLength),
    ...earliestStart(alerts),
    ...(services.size > 0
      ? { impact: { services: [...services].slice(0, 50).map(([service, status]) => ({ service, status })) } }
      : {}),
  };
}

function describe({ labels, annotations = {} }: Alert): string {
  const lines = [...Object.entries(labels), ...Object.entries(annotations)].map(([name, text]) => `${name}: ${text}`);
  return lines.join('\n');
}

function earliestStart(alerts: Alert[]): { detectedAt?: string } {
  const starts = alerts.flatMap(({ startsAt }) =>
    startsAt && !Number.isNaN(Date.parse(startsAt)) ? [Date.parse(startsAt)] : [],
  );
  return starts.length > 0 ? { detectedAt: new Date(Math.min(...starts)).toISOString() } : {};
}

// Labels come from outside: what a form would refuse is taken out here, since an alert cannot be asked to try again.
function printable(text: string, length: number): string {
  return [...text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' ').trim()].slice(0, length).join('');
}
