import { type Egress, EgressFailed, EgressRefused, type EgressRequest } from '../../platform/index.js';
import type { SendResult } from './channel.js';
import { failed, messageOf } from './failure.js';

/** Answers below 500 after which the same request may succeed later (RFC 9110 section 15.5, RFC 8470, RFC 6585). */
const worthRepeating = [408, 425, 429];

/** Makes one attempt by HTTP. `taken` says what an answer of 2xx means; its body is '' where it could not be read. Never throws. */
export async function httpAttempt(
  egress: Egress,
  url: string,
  request: EgressRequest,
  taken: (body: string) => SendResult,
): Promise<SendResult> {
  try {
    const { status, body } = await egress.request(url, request);
    return isSuccess(status) ? taken(body) : refusal(status);
  } catch (error) {
    if (error instanceof EgressRefused) return failed(true, error.message);
    // The status is the receiver's word; what is wrong with the rest of the answer does not change it.
    if (error instanceof EgressFailed && error.status !== undefined)
      return isSuccess(error.status) ? taken('') : refusal(error.status);
    return failed(false, messageOf(error));
  }
}

/** What an answer other than 2xx means. */
export function refusal(status: number): SendResult {
  if (status >= 300 && status < 400)
    return failed(true, `The receiver answered ${status}: redirects are not followed.`);
  const permanent = status < 500 && !worthRepeating.includes(status);
  return failed(permanent, `The receiver answered ${status}.`);
}

/** A member of a JSON object, where it is a text; undefined for anything else, also where the body is no JSON. */
export function textMember(body: string, name: string): string | undefined {
  try {
    const value = (JSON.parse(body) as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
