import { Counter, Gauge } from 'prom-client';
import { registry } from '../platform/index.js';

/** What came of each try at a provider. Its verdict is about itself: a number that nobody could reach is `recipient`. */
export const providerAttempts = new Counter({
  name: 'codegrey_provider_attempts_total',
  help: 'Tries to hand a message to one of several providers, by channel, provider and verdict (taken, recipient, provider).',
  labelNames: ['channel', 'provider', 'verdict'],
  registers: [registry],
});

/** Whether others go before this provider, since it has failed. */
export const providerOpen = new Gauge({
  name: 'codegrey_provider_open',
  help: '1 while a provider of SMS or voice is passed over for others because it failed, by channel and provider.',
  labelNames: ['channel', 'provider'],
  registers: [registry],
});
