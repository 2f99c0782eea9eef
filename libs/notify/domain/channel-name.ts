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

/** The name of a way to reach people. */
export type ChannelName = (typeof channelNames)[number];
