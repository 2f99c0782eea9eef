import { basename, dirname } from 'node:path';
import { InvalidDeskConfig, loadDeskConfig, type Environment } from '../platform/index.js';
import { channelNames, type ChannelName } from './domain/channel-name.js';
import { phoneNumberFault } from './domain/phone-number.js';

/** A provider of SMS and voice with a Twilio-compatible HTTP API. */
export interface TelephonyProvider {
  /** Stands in callback addresses, in deliveries and in metrics. */
  id: string;
  /** The part of the address before `/2010-04-01`, without a slash at its end. */
  baseUrl: string;
  account: string;
  /** Signs in to the provider, and signs the provider's callbacks. */
  token: string;
  /** The number or name that SMS come from; undefined: it is not used for SMS. */
  sms?: string;
  /** The number that calls come from; undefined: it is not used for calls. */
  voice?: string;
}

/** Injection token of the `ChannelsConfig`. */
export const CHANNELS_CONFIG = Symbol('ChannelsConfig');

/** How this desk reaches people. */
export interface ChannelsConfig {
  /** The channels that people may have, where they are set up. */
  channels: readonly ChannelName[];
  /** The preferred one first. */
  telephony: readonly TelephonyProvider[];
  matrix?: { homeserver: string; token: string };
  /** By the origin of the server. */
  ntfyTokens: ReadonlyMap<string, string>;
  /** Whom the operator of a push service may ask; undefined: the address that mail comes from. */
  pushContact?: string;
}

interface ChannelsFile {
  channels: ChannelName[];
  telephony?: (Omit<TelephonyProvider, 'token'> & { tokenFrom: string })[];
  matrix?: { homeserver: string; tokenFrom: string };
  ntfy?: { server: string; tokenFrom: string }[];
  push?: { contact: string };
}

const url = { type: 'string', pattern: '^https?://[^\\s@?#]+$' };
const secretName = { type: 'string', pattern: '^CODEGREY_[A-Z0-9_]{1,80}$' };

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['channels'],
  properties: {
    channels: { type: 'array', uniqueItems: true, items: { enum: channelNames } },
    telephony: {
      type: 'array',
      maxItems: 10,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'baseUrl', 'account', 'tokenFrom'],
        anyOf: [{ required: ['sms'] }, { required: ['voice'] }],
        properties: {
          id: { type: 'string', pattern: '^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$' },
          baseUrl: url,
          account: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,80}$' },
          tokenFrom: secretName,
          // A number in E.164, or a name of letters and digits that a receiver sees in its place (GSM 03.38, at most 11).
          sms: { type: 'string', pattern: '^(\\+[1-9]\\d{5,14}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$' },
          voice: { type: 'string' },
        },
      },
    },
    matrix: {
      type: 'object',
      additionalProperties: false,
      required: ['homeserver', 'tokenFrom'],
      properties: { homeserver: url, tokenFrom: secretName },
    },
    ntfy: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['server', 'tokenFrom'],
        properties: { server: url, tokenFrom: secretName },
      },
    },
    push: {
      type: 'object',
      additionalProperties: false,
      required: ['contact'],
      properties: { contact: { type: 'string', pattern: '^(mailto:[^\\s@]+@[^\\s@]+|https://\\S+)$' } },
    },
  },
};

/** Reads the channels' file and the secrets it names. Throws `InvalidDeskConfig` when it cannot be used. */
export function loadChannelsConfig({
  channelsFile,
  secret,
}: Pick<Environment, 'channelsFile' | 'secret'>): ChannelsConfig {
  const name = basename(channelsFile, '.yaml');
  const file = loadDeskConfig<ChannelsFile>(name, schema, dirname(channelsFile));
  const { channels, telephony = [], matrix, ntfy = [], push } = file;
  const faults = telephony.flatMap(({ id, voice }, index) => [
    ...(telephony.findIndex((other) => other.id === id) < index ? [`/telephony/${index}/id is there twice`] : []),
    ...(voice !== undefined && phoneNumberFault(voice) !== null
      ? [`/telephony/${index}/voice ${phoneNumberFault(voice)}`]
      : []),
  ]);
  const named = [...telephony, ...(matrix ? [matrix] : []), ...ntfy].map(({ tokenFrom }) => tokenFrom);
  const missing = named.filter((variable) => secret(variable) === undefined);
  faults.push(...missing.map((variable) => `${variable} (or ${variable}_FILE) is not set`));
  if (faults.length > 0) throw new InvalidDeskConfig(`${channelsFile}: ${faults.join('; ')}`);
  const valueOf = (variable: string) => secret(variable) ?? '';
  return {
    channels,
    telephony: telephony.map(({ tokenFrom, baseUrl, ...provider }) => ({
      ...provider,
      baseUrl: baseUrl.replace(/\/+$/, ''),
      token: valueOf(tokenFrom),
    })),
    matrix: matrix && { homeserver: matrix.homeserver.replace(/\/+$/, ''), token: valueOf(matrix.tokenFrom) },
    ntfyTokens: new Map(ntfy.map(({ server, tokenFrom }) => [new URL(server).origin, valueOf(tokenFrom)])),
    pushContact: push?.contact,
  };
}
