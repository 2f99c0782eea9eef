import type { Desk } from '../harness/desk.js';
import { rfc822 } from '../harness/mail.js';
import type { Contract } from './contract.js';

/** Replies to pages, receipts of providers, and self-tests. */
export async function replies(contract: Contract, desk: Desk): Promise<void> {
  const ticket = await desk.open();
  const mail = rfc822({ from: 'somebody@mail.example', subject: `Re: ${ticket.reference}`, text: 'We wait for you.' });
  const asMail = { 'content-type': 'message/rfc822' };
  await contract.callWith(desk.keys.integration.key, 'POST /v1/intake/email', {}, mail, '', asMail);
}
