import type { TelephonyProvider } from '../channels-config.js';
import { begun, closedBreaker, ended, isTrusted, trialOrder, type Breaker } from '../domain/circuit-breaker.js';
import { providerAttempts, providerOpen } from '../provider-metrics.js';
import type { SendResult } from './channel.js';
import { failed } from './failure.js';
import type { TelephonyAnswer } from './telephony-client.js';

/** For all providers of an attempt together. */
const attemptMs = 5_000;

/** For one provider while others are left: at a healthy one, an answer takes a fraction of this. */
const tryMs = 2_000;

/** One request to one provider. Never rejects. */
export type ProviderTry = (provider: TelephonyProvider, signal: AbortSignal) => Promise<TelephonyAnswer>;

/**
 * Several providers of the same channel, in order, each with its health in this process. One attempt goes from one to the next
 * until one takes the message, or one says that the number cannot be reached by anybody. A provider that fails again and again is
 * passed over for the others, and is still tried when they fail too: never silence.
 */
export class ProviderChain {
  private readonly breakers = new Map<string, Breaker>();

  constructor(
    private readonly channel: 'sms' | 'voice',
    private readonly providers: readonly TelephonyProvider[],
    private readonly now: () => Date,
  ) {}

  /** Makes one attempt within 5 s. Never throws. */
  async send(attempt: ProviderTry, given?: AbortSignal): Promise<SendResult> {
    const deadline = AbortSignal.timeout(attemptMs);
    const signal = given === undefined ? deadline : AbortSignal.any([deadline, given]);
    const order = trialOrder(this.providers, ({ id }) => this.breakerOf(id), this.now());
    let result: SendResult = failed(true, 'No provider is set up.');
    for (const [index, provider] of order.entries()) {
      if (index > 0 && signal.aborted) break;
      const isLast = index === order.length - 1;
      const answer = await this.try(
        provider,
        attempt,
        isLast ? signal : AbortSignal.any([signal, AbortSignal.timeout(tryMs)]),
      );
      result = resultOf(provider.id, answer);
      if (answer.verdict.is !== 'provider') break;
    }
    return result;
  }

  private async try(provider: TelephonyProvider, attempt: ProviderTry, signal: AbortSignal): Promise<TelephonyAnswer> {
    const { id } = provider;
    this.breakers.set(id, begun(this.breakerOf(id), this.now()));
    const answer = await attempt(provider, signal);
    const { is } = answer.verdict;
    this.breakers.set(id, ended(this.breakerOf(id), is !== 'provider', this.now()));
    const labels = { channel: this.channel, provider: id };
    providerAttempts.inc({ ...labels, verdict: is });
    providerOpen.set(labels, isTrusted(this.breakerOf(id), this.now()) ? 0 : 1);
    return answer;
  }

  private breakerOf(id: string): Breaker {
    return this.breakers.get(id) ?? closedBreaker;
  }
}

function resultOf(provider: string, { verdict, sid }: TelephonyAnswer): SendResult {
  if (verdict.is === 'taken') return { outcome: 'sent', provider, providerMessageId: sid };
  const error = `The provider ${provider}: ${verdict.error}`;
  return { ...failed(verdict.is === 'recipient' || verdict.lasting, error), provider };
}
