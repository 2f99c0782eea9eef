/** How far an attempt has come. `sending`: nobody knows yet. */
export type DeliveryState = 'sending' | 'sent' | 'delivered' | 'failed';

/** What a provider says of a message after it has taken it over. */
export interface Receipt {
  state: Exclude<DeliveryState, 'sending'>;
  /** Of a failure: it would be the same again. */
  permanent: boolean;
  /** One line, without the address; null where it did not fail. */
  error: string | null;
  /** The method works, and nobody picked up. */
  unanswered?: boolean;
}

/** From the least that is known of an attempt to the most: who has received it has, whatever a mail server says later. */
export const certainty: readonly DeliveryState[] = ['sending', 'sent', 'failed', 'delivered'];

/**
 * Whether a receipt is news for an attempt in this state. Receipts come twice and in any order, and before the desk has written down
 * that it sent the message at all: the one that says the most stands, so all orders end in the same state.
 */
export function isNews(present: DeliveryState, { state }: Receipt): boolean {
  return certainty.indexOf(state) > certainty.indexOf(present);
}

/** The fields of a status callback. */
export interface TelephonyStatus {
  status: string;
  errorCode?: string;
  /** Where the provider listens for machines: `human`, `machine_start`, `fax`, … */
  answeredBy?: string;
}

/** What a telephony provider's status (Twilio's MessageStatus and CallStatus) says; null: nothing that is new. */
export function telephonyReceipt({ status, errorCode, answeredBy }: TelephonyStatus): Receipt | null {
  if (answeredBy !== undefined && /^(machine|fax)/.test(answeredBy))
    return { state: 'failed', permanent: false, error: 'A machine picked up.', unanswered: true };
  switch (status) {
    case 'accepted':
    case 'scheduled':
    case 'queued':
    case 'sending':
    case 'sent':
    case 'initiated':
    case 'ringing':
      return { state: 'sent', permanent: false, error: null };
    case 'delivered':
    case 'read':
    case 'in-progress':
    case 'completed':
      return { state: 'delivered', permanent: false, error: null };
    case 'busy':
    case 'no-answer':
    case 'canceled':
      return { state: 'failed', permanent: false, error: telephonyError(status, errorCode), unanswered: true };
    case 'undelivered':
    case 'failed':
      return { state: 'failed', permanent: isPermanent(errorCode), error: telephonyError(status, errorCode) };
    default:
      return null;
  }
}

/**
 * Errors after which the same number fails again, from Twilio's list: 21211 and 21614 no number for messages, 21610 the receiver
 * opted out, 30004 blocked, 30005 unknown number, 30006 a landline.
 */
const permanentErrors = ['21211', '21610', '21614', '30004', '30005', '30006'];

function isPermanent(errorCode: string | undefined): boolean {
  return errorCode !== undefined && permanentErrors.includes(errorCode);
}

function telephonyError(status: string, errorCode: string | undefined): string {
  return errorCode === undefined
    ? `The provider says: ${status}.`
    : `The provider says: ${status}, error ${errorCode}.`;
}
