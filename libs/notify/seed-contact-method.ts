import { newId, type SecretBox, type Work } from '../platform/index.js';
import { ContactMethod } from './contact-method.entity.js';
import { newSigningSecret } from './contact-methods.service.js';
import type { ChannelName } from './domain/channel-name.js';

/** A contact method that needs no code, since whoever sets up the desk knows it. */
export interface SeededContactMethod {
  responderId: string;
  channel: ChannelName;
  address: string;
  /** Webhooks: the signing secret; a new one when left out. */
  secret?: string;
  verifiedAt: Date;
  position: number;
}

/** Adds a verified contact method when a desk is first set up. */
export async function seedContactMethod(work: Work, box: SecretBox, seeded: SeededContactMethod): Promise<void> {
  const { secret = newSigningSecret(), ...properties } = seeded;
  await work.manager.insert(ContactMethod, {
    ...properties,
    id: newId(),
    sealedSecret: seeded.channel === 'webhook' ? box.seal(secret) : null,
    failingSince: null,
    failures: 0,
    lastError: null,
    returned: false,
    reportedFailingAt: null,
    createdAt: seeded.verifiedAt,
    version: 1,
  });
}
