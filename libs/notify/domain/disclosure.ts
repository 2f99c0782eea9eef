/** The Traffic Light Protocol's labels, FIRST TLP 2.0. */
export type TlpLabel = 'TLP:RED' | 'TLP:AMBER+STRICT' | 'TLP:AMBER' | 'TLP:GREEN' | 'TLP:CLEAR';

/** Whom a message is for: an expert of the roster, often employed elsewhere, or the healthcare provider whom the ticket is about. */
export type Recipient = 'responder' | 'provider';

/**
 * Who can read along on a channel: `confidential` reaches the recipient's own mailbox or system, `public` also shows on lock screens
 * and passes through networks in clear text (SMS, push).
 */
export type ChannelTrust = 'confidential' | 'public';

/**
 * To whom a label lets the content of a case travel by message. RED is for the persons of one exchange, so it is read after signing
 * in and never sent. AMBER+STRICT stays in the organisation that it is about, so it does not go to a responder's employer.
 */
const recipientsOf = new Map<TlpLabel, readonly Recipient[]>([
  ['TLP:RED', []],
  ['TLP:AMBER+STRICT', ['provider']],
  ['TLP:AMBER', ['provider', 'responder']],
  ['TLP:GREEN', ['provider', 'responder']],
  ['TLP:CLEAR', ['provider', 'responder']],
]);

/**
 * Whether a message may carry what the case says, or only that there is something to read. Public channels always say the minimum,
 * whatever the label: a hospital's name beside the word ransomware is news. A label that is not known discloses nothing.
 */
export function mayDisclose(tlp: TlpLabel, trust: ChannelTrust, recipient: Recipient): boolean {
  return trust === 'confidential' && (recipientsOf.get(tlp)?.includes(recipient) ?? false);
}
