import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { actorOf, administration, type Viewer } from '../identity/index.js';
import {
  Clock,
  Database,
  Egress,
  EgressRefused,
  isId,
  newId,
  problems,
  SecretBox,
  UnitOfWork,
  violatedUniqueConstraint,
  type Fault,
  type Statement,
  type Work,
} from '../platform/index.js';
import { testPoliciesAt } from '../roster/index.js';
import { Channels } from './channels.service.js';
import type { ContactMethodDto, CreateContactMethodDto, CreatedContactMethodDto } from './contact-method.dto.js';
import { ContactMethod } from './contact-method.entity.js';
import { ContactVerification } from './contact-verification.service.js';
import { addressFault, addressHint } from './domain/address.js';
import type { ChannelName } from './domain/channel-name.js';
import { pushKeyFaults } from './domain/push-keys.js';
import { OwnedByResponder } from './owned-by-responder.service.js';
import { notifyProblems } from './problems.js';

const mostMethods = 20;

/** The methods of a responder and the next position. Index: contact_methods_address. */
const countMethods: Statement = {
  name: 'contact-methods-count',
  text: `
    SELECT count(*)::integer AS count, coalesce(max(position) + 1, 0) AS next
    FROM codegrey.contact_methods WHERE responder_id = $1`,
};

/** Adds, lists and removes the ways to reach a responder. */
@Injectable()
export class ContactMethods {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly owners: OwnedByResponder,
    private readonly channels: Channels,
    private readonly egress: Egress,
    private readonly verification: ContactVerification,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** In the responder's order. */
  async list(viewer: Viewer, responderId: string): Promise<ContactMethodDto[]> {
    await this.owners.require(viewer, responderId);
    const methods = await this.database.dataSource.manager.find(ContactMethod, {
      where: { responderId },
      order: { position: 'ASC', id: 'ASC' },
    });
    return methods.map(presentContactMethod);
  }

  /**
   * Adds a contact method and sends a code to it. A webhook's signing secret is in this answer and nowhere else. Throws 422 with
   * every fault at once: a channel that is not set up here, an address that the channel does not take, keys that are none.
   */
  async create(viewer: Viewer, responderId: string, input: CreateContactMethodDto): Promise<CreatedContactMethodDto> {
    await this.owners.require(viewer, responderId);
    const faults = [...this.channelFaults(input.channel), ...inputFaults(input)];
    if (faults.length === 0) faults.push(...(await this.targetFaults(input.address)));
    if (faults.length > 0) throw problems.invalidInput(faults);
    const { channel } = input;
    const signingSecret = channel === 'webhook' ? newSigningSecret() : null;
    const secret = channel === 'push' ? JSON.stringify(input.keys) : signingSecret;
    const method = await this.unitOfWork.run(async (work) => {
      const [methods] = await work.query<{ count: number; next: number }>(countMethods, [responderId]);
      if (methods && methods.count >= mostMethods)
        throw problems.conflict(`A responder has at most ${mostMethods} contact methods: remove one first.`);
      const made = this.newMethod({
        responderId,
        channel,
        address: input.address,
        secret,
        position: methods?.next ?? 0,
        verifiedAt: null,
      });
      await insertMethod(work, made);
      this.record(work, viewer, 'contact-method.created', made);
      return made;
    });
    const verification = await this.verification.sendCode(method);
    return { ...presentContactMethod(method), secret: signingSecret, verification };
  }

  /** Removes a contact method, and the rules that name it. */
  async remove(viewer: Viewer, responderId: string, id: string): Promise<void> {
    await this.owners.require(viewer, responderId);
    await this.unitOfWork.run(async (work) => {
      const method = isId(id) ? await work.manager.findOneBy(ContactMethod, { id, responderId }) : null;
      if (!method) throw problems.notFound('contact method');
      await work.manager.delete(ContactMethod, id);
      this.record(work, viewer, 'contact-method.removed', method);
      testPoliciesAt(work, this.clock.now());
    });
  }

  /** The row of a new contact method, with its secret sealed. */
  private newMethod({ secret, ...properties }: NewContactMethod): ContactMethod {
    return {
      ...properties,
      id: newId(),
      sealedSecret: secret === null ? null : this.secrets.seal(secret),
      failingSince: null,
      failures: 0,
      lastError: null,
      returned: false,
      reportedFailingAt: null,
      createdAt: this.clock.now(),
      version: 1,
    };
  }

  private channelFaults(name: ChannelName): Fault[] {
    if (this.channels.get(name)) return [];
    const available = new Intl.ListFormat('en').format(this.channels.names);
    return [{ pointer: '/channel', detail: `is not set up on this desk: ${available} can be used` }];
  }

  /** An address inside the desk's own network would be refused at every message, so it is not taken in the first place. */
  private async targetFaults(address: string): Promise<Fault[]> {
    if (!/^https?:/i.test(address)) return [];
    try {
      await this.egress.assertHost(new URL(address).hostname);
    } catch (error) {
      if (error instanceof EgressRefused) return [{ pointer: '/address', detail: `cannot be used: ${error.message}` }];
      // A name that is not found now may be found when somebody is paged.
    }
    return [];
  }

  private record(work: Work, viewer: Viewer, type: string, method: ContactMethod): void {
    const { id, responderId, channel, address } = method;
    work.record({
      type,
      subject: { type: 'contact-method', id },
      actor: actorOf(viewer),
      scope: administration,
      audience: 'administration',
      data: { id, responderId, channel, address: addressHint(channel, address) },
    });
  }
}

/** What a new contact method is made of. */
interface NewContactMethod {
  responderId: string;
  channel: ChannelName;
  address: string;
  /** The signing secret of a webhook, or the keys of a push subscription as JSON; null for other channels. */
  secret: string | null;
  position: number;
  verifiedAt: Date | null;
}

function inputFaults({ channel, address, keys }: CreateContactMethodDto): Fault[] {
  const fault = addressFault(channel, address);
  const faults = fault === null ? [] : [{ pointer: '/address', detail: fault }];
  if (channel !== 'push') return keys ? [...faults, { pointer: '/keys', detail: 'are for push only' }] : faults;
  if (!keys) return [...faults, { pointer: '/keys', detail: 'must be the keys of the subscription' }];
  return [...faults, ...pushKeyFaults(keys)];
}

/** A signing secret of 256 bits, as Standard Webhooks writes them. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

async function insertMethod(work: Work, method: ContactMethod): Promise<void> {
  try {
    await work.manager.insert(ContactMethod, method);
  } catch (error) {
    if (violatedUniqueConstraint(error) === 'contact_methods_address') throw notifyProblems.alreadyThere();
    throw error;
  }
}

/** A contact method as the API shows it. Its secret is never part of it. */
export function presentContactMethod(method: ContactMethod): ContactMethodDto {
  return {
    id: method.id,
    responderId: method.responderId,
    channel: method.channel,
    address: method.address,
    position: method.position,
    verifiedAt: method.verifiedAt?.toISOString() ?? null,
    failingSince: method.failingSince?.toISOString() ?? null,
    failures: method.failures,
    lastError: method.lastError,
    createdAt: method.createdAt.toISOString(),
    version: method.version,
  };
}
