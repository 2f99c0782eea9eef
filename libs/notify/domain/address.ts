/** Every channel of the public contract. */
export const channelNames = [
  'email',
  'sms',
  'voice',
  'push',
  'ntfy',
  'matrix',
  'slack',
  'mattermost',
  'teams',
  'webhook',
] as const;

export type ChannelName = (typeof channelNames)[number];

/** The channels that a desk can have. */
export const availableChannels = ['email', 'webhook'] as const;

export type AvailableChannel = (typeof availableChannels)[number];

const longestEmail = 254;
const longestUrl = 2_000;

/**
 * What is wrong with an address for this channel, as the end of a sentence that begins with "The address"; null: nothing.
 * Whether it can be reached shows when something is sent to it.
 */
export function addressFault(channel: AvailableChannel, address: string): string | null {
  return channel === 'email' ? emailFault(address) : webhookFault(address);
}

/** One address and nothing beside it: no list, no display name, no line break, nothing that could end an SMTP command. */
function emailFault(address: string): string | null {
  if (address.length > longestEmail) return `has more than ${longestEmail} characters (RFC 5321)`;
  const match = /^([^\s\p{Cc}<>(),:;"@\\[\]]{1,64})@([a-z0-9-]+(?:\.[a-z0-9-]+)*)$/iu.exec(address);
  return match ? null : 'must be one e-mail address, such as on-call@clinic.example';
}

function webhookFault(address: string): string | null {
  if (address.length > longestUrl) return `has more than ${longestUrl} characters`;
  if (/[\s\p{Cc}]/u.test(address) || !URL.canParse(address)) return 'must be a URL';
  const { protocol, username, password, hash } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return 'must be a URL of https or http';
  if (username !== '' || password !== '')
    return 'must have no user name or password in it: messages are signed instead';
  return hash === '' ? null : 'must have no fragment';
}

/** The address as it may stand in the journal: enough for its owner to know it by. */
export function addressHint(channel: AvailableChannel, address: string): string {
  if (channel === 'webhook') return `${new URL(address).origin}/…`;
  return `${address.slice(0, 1)}…${address.slice(address.lastIndexOf('@'))}`;
}
