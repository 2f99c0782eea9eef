/**
 * What an answer of a telephony provider means. `taken`: it passes the message on. `recipient`: this number cannot be reached so,
 * by whomever. `provider`: it is between the desk and this provider, and another one may do better; `lasting` where the same
 * request would fail the same way.
 */
export type TelephonyVerdict =
  { is: 'taken' } | { is: 'recipient'; error: string } | { is: 'provider'; lasting: boolean; error: string };

/**
 * Codes by which the provider refuses the number itself (twilio.com/docs/api/errors): 13223 to 13226 and 21217 no number that can
 * be called, 21211 no valid number, 21214 not reachable, 21265 a short code, 21407, 21612 and 21614 none that takes messages.
 * A number that has unsubscribed from one sender (21610) and a country that one account may not reach (21408, 21215) are not
 * among them: another provider may reach it.
 */
const recipientCodes = [13223, 13224, 13225, 13226, 21211, 21214, 21217, 21265, 21407, 21612, 21614];

/** Refusals that pass: too many requests, or a time limit of the provider's own. */
const passing = [408, 425, 429];

/** Judges an answer by its status and the provider's own error code, where the body has one. */
export function telephonyVerdict(status: number, code: number | undefined): TelephonyVerdict {
  if (status >= 200 && status < 300) return { is: 'taken' };
  const error = `answered ${status}${code === undefined ? '' : ` (error ${code})`}`;
  if (status >= 400 && status < 500 && code !== undefined && recipientCodes.includes(code))
    return { is: 'recipient', error };
  return { is: 'provider', lasting: status < 500 && !passing.includes(status), error };
}
