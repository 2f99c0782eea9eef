import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Everything that `/metrics` shows. What each means is written in docs/operations.md. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'codegrey_' });

const registers = [registry];

export const requestDuration = new Histogram({
  name: 'codegrey_http_request_duration_seconds',
  help: 'How long requests took, by method, route and status class.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  registers,
});

export const timersFired = new Counter({ name: 'codegrey_timers_fired_total', help: 'Timers fired.', registers });

export const timerLateness = new Histogram({
  name: 'codegrey_timer_lateness_seconds',
  help: 'How late timers fired, by the database clock.',
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 10, 60, 3600],
  registers,
});

export const deliveries = new Counter({
  name: 'codegrey_deliveries_total',
  help: 'Attempts to hand a message to a channel, by channel and outcome.',
  labelNames: ['channel', 'outcome'],
  registers,
});

export const pageHandover = new Histogram({
  name: 'codegrey_page_handover_seconds',
  help: 'From a page being owed to its being handed to a channel.',
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
  registers,
});
