import { type Egress, EgressFailed } from '../../platform/index.js';
import type { TelephonyProvider } from '../channels-config.js';
import { telephonyVerdict, type TelephonyVerdict } from '../domain/telephony-verdict.js';
import { messageOf } from './failure.js';
import { textMember } from './http-attempt.js';

/** What came of one request to one provider. */
export interface TelephonyAnswer {
  verdict: TelephonyVerdict;
  /** The provider's own id of the message or call. */
  sid?: string;
}

/** The parts of Twilio's REST API that the desk uses (twilio.com/docs/messaging/api/message-resource, …/voice/api/call-resource). */
export class TelephonyClient {
  constructor(private readonly egress: Egress) {}

  /** Creates a message or a call. Never throws. `signal` gives it up. */
  async create(
    { baseUrl, account, token }: TelephonyProvider,
    resource: 'Messages' | 'Calls',
    form: Record<string, string>,
    signal: AbortSignal,
  ): Promise<TelephonyAnswer> {
    const url = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(account)}/${resource}.json`;
    const headers = {
      authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    try {
      const body = new URLSearchParams(form).toString();
      const answer = await this.egress.request(url, { method: 'POST', headers, body, signal });
      return { verdict: telephonyVerdict(answer.status, errorCode(answer.body)), sid: textMember(answer.body, 'sid') };
    } catch (error) {
      if (error instanceof EgressFailed && error.status !== undefined)
        return { verdict: telephonyVerdict(error.status, undefined) };
      // Also an address that is off limits: it is the provider's that an operator has written down.
      return { verdict: { is: 'provider', lasting: false, error: messageOf(error) } };
    }
  }
}

function errorCode(body: string): number | undefined {
  try {
    const code = (JSON.parse(body) as { code?: unknown } | null)?.code;
    return typeof code === 'number' ? code : undefined;
  } catch {
    return undefined;
  }
}
