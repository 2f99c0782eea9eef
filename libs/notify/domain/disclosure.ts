import type { ChannelName } from './channel-name.js';

/** The Traffic Light Protocol's labels, FIRST TLP 2.0. */
export type TlpLabel = 'TLP:RED' | 'TLP:AMBER+STRICT' | 'TLP:AMBER' | 'TLP:GREEN' | 'TLP:CLEAR';

/** Whom a message is for: an expert of the roster, often employed elsewhere, or the healthcare provider whom the ticket is about. */
export type Recipient = 'responder' | 'provider';

/**
 * Who can read along on a channel: `confidential` reaches the recipient's own mailbox or system over an encrypted connection,
 * `public` also shows on lock screens, in rooms with others in them, or passes through networks in clear text.
 */
export type ChannelTrust = 'confidential' | 'public';

/** How far each channel is trusted, and why. What it may carry follows from this and from the label of the case. */
const trustOfChannel: Record<ChannelName, ChannelTrust> = {
  // Handed to the desk's own mail server by TLS, kept in a mailbox that somebody has to sign in to.
  email: 'confidential',
  // Signed, to a system of the recipient's own.
  webhook: 'confidential',
  // Clear text to every network on the way, and on the lock screen.
  sms: 'public',
  // Spoken to whoever picks up, and to whoever stands beside them.
  voice: 'public',
  // Encrypted for the browser (RFC 8291), and then on the lock screen.
  push: 'public',
  // Readable for whoever runs the server or knows the topic.
  ntfy: 'public',
  // Messages of a bot without end-to-end encryption, readable on every homeserver of the room.
  matrix: 'public',
  // Read by everybody in the room, and by whoever runs the service.
  slack: 'public',
  mattermost: 'public',
  teams: 'public',
};

/** How far one address on a channel is trusted: what would cross the network in clear text is public whatever the channel. */
export function trustOf(channel: ChannelName, address: string): ChannelTrust {
  return /^http:/i.test(address) ? 'public' : trustOfChannel[channel];
}

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
 * Whether a message may carry what the case says, or only that there is something to read. Public channels always say the minimum
 * (reference, severity, the number to call), whatever the label: a hospital's name beside the word ransomware is news. A label that is not known discloses nothing.
 */
export function mayDisclose(tlp: TlpLabel, trust: ChannelTrust, recipient: Recipient): boolean {
  return trust === 'confidential' && (recipientsOf.get(tlp)?.includes(recipient) ?? false);
}

/**
 * Whether a message to a responder may carry the number to call, on any channel. A number is not the case, but whoever looks it up
 * learns whose case it is: it goes where the label lets the content go to responders.
 */
export function mayCallBack(tlp: TlpLabel): boolean {
  return recipientsOf.get(tlp)?.includes('responder') ?? false;
}
