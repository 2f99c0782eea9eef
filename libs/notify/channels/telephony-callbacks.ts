/** What a provider calls the desk about: a receipt, a key that was pressed, an SMS that came in. */
export type TelephonyCallback = 'status' | 'voice' | 'sms';

/**
 * Where a provider calls the desk. `attemptId` is the delivery that it is about; the signature of the callback covers the whole
 * address, so nobody can put another one in its place.
 */
export function callbackUrl(
  publicUrl: string,
  provider: string,
  callback: TelephonyCallback,
  attemptId: string,
): string {
  return `${publicUrl}/v1/callbacks/telephony/${provider}/${callback}?delivery=${encodeURIComponent(attemptId)}`;
}
