import type { ChannelName } from './channel-name.js';
import { phoneNumberFault } from './phone-number.js';

const longestEmail = 254;
const longestUrl = 2_000;
/** Matrix specification, appendix "Common Identifier Format": at most 255 bytes. */
const longestMatrixId = 255;

/**
 * What is wrong with an address for this channel, as the end of a sentence that begins with "The address"; null: nothing.
 * Whether it can be reached shows when something is sent to it.
 */
export function addressFault(channel: ChannelName, address: string): string | null {
  return faultOn[channel](address);
}

const faultOn: Record<ChannelName, (address: string) => string | null> = {
  email: emailFault,
  sms: phoneNumberFault,
  voice: phoneNumberFault,
  push: httpsFault,
  ntfy: ntfyFault,
  matrix: matrixFault,
  slack: httpsFault,
  mattermost: webFault,
  teams: httpsFault,
  webhook: webFault,
};

/** One address and nothing beside it: no list, no display name, no line break, nothing that could end an SMTP command. */
function emailFault(address: string): string | null {
  if (address.length > longestEmail) return `has more than ${longestEmail} characters (RFC 5321)`;
  const match = /^([^\s\p{Cc}<>(),:;"@\\[\]]{1,64})@([a-z0-9-]+(?:\.[a-z0-9-]+)*)$/iu.exec(address);
  return match ? null : 'must be one e-mail address, such as on-call@clinic.example';
}

function webFault(address: string): string | null {
  if (address.length > longestUrl) return `has more than ${longestUrl} characters`;
  if (/[\s\p{Cc}]/u.test(address) || !URL.canParse(address)) return 'must be a URL';
  const { protocol, username, password, hash } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return 'must be a URL of https or http';
  if (username !== '' || password !== '') return 'must have no user name or password in it';
  return hash === '' ? null : 'must have no fragment';
}

/** Where the address itself is the secret that lets messages in, it must not cross the network in clear text. */
function httpsFault(address: string): string | null {
  return webFault(address) ?? (isEncrypted(address) ? null : 'must be a URL of https');
}

/** Plain http only to this machine itself, as a desk that is tried out has it. */
function isEncrypted(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || hostname === 'localhost' || /^(127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** `https://server/topic`; topics are those that the server takes. */
function ntfyFault(address: string): string | null {
  const fault = webFault(address);
  if (fault !== null) return fault;
  const { pathname, search } = new URL(address);
  const isTopic = /^\/[-_A-Za-z0-9]{1,64}$/.test(pathname) && search === '';
  return isTopic ? null : 'must be the URL of a topic, such as https://ntfy.example/on-call-7Qx2';
}

/** A user (`@name:server`), a room (`!id:server`, since room version 12 also `!id`) or an alias of a room (`#name:server`). */
function matrixFault(address: string): string | null {
  const fault = 'must be a Matrix user, room or alias, such as @on-call:clinic.example or !room:clinic.example';
  if (Buffer.byteLength(address) > longestMatrixId) return fault;
  const server = /^[a-zA-Z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:.]+\](:\d{1,5})?$/;
  const [, sigil, localpart = '', name] = /^([@!#])([^\s\p{Cc}:]+)(?::(.+))?$/u.exec(address) ?? [];
  if (sigil === undefined) return fault;
  if (sigil === '@' && !/^[a-z0-9._=/+-]+$/.test(localpart)) return fault;
  if (name === undefined) return sigil === '!' && /^[\w-]{43}$/.test(localpart) ? null : fault;
  return server.test(name) ? null : fault;
}

/** The address as it may stand in the journal: enough for its owner to know it by. */
export function addressHint(channel: ChannelName, address: string): string {
  switch (channel) {
    case 'email':
      return `${address.slice(0, 1)}…${address.slice(address.lastIndexOf('@'))}`;
    case 'sms':
    case 'voice':
      return `${address.slice(0, 3)}…${address.slice(-2)}`;
    case 'matrix':
      return `${address.slice(0, 2)}…${address.includes(':') ? address.slice(address.indexOf(':')) : ''}`;
    default:
      return `${new URL(address).origin}/…`;
  }
}
