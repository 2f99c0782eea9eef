import type { Desk } from '../harness/desk.js';
import { rfc822 } from '../harness/mail.js';
import type { Contract } from './contract.js';

/** Replies to pages, and receipts of providers. */
export async function replies(contract: Contract, desk: Desk): Promise<void> {
  const ticket = await desk.open();
  const mail = rfc822({ from: 'somebody@mail.example', subject: `Re: ${ticket.reference}`, text: 'We wait for you.' });
  const asMail = { 'content-type': 'message/rfc822' };
  await contract.callWith(desk.keys.integration.key, 'POST /v1/intake/email', {}, mail, '', asMail);
  // The token of the demo's telephone network is known to nobody: what it signs is tried in the tests of the channels.
  for (const callback of ['sms', 'voice', 'status']) {
    const operation = `POST /v1/callbacks/telephony/{provider}/${callback}`;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const refused = await contract.callWith(undefined, operation, { provider: 'demo' }, 'From=x', '', form);
    if (refused.status !== 403) throw new Error(`${operation} took a form that nobody signed.`);
    contract.note(operation);
  }
}
