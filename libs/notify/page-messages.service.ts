import { Injectable } from '@nestjs/common';
import type { TicketFacts } from '../cases/index.js';
import { ClockReader } from '../clocks/index.js';
import type { Page } from '../dispatch/index.js';
import { BaseAddress, SecretBox } from '../platform/index.js';
import { Providers } from '../providers/index.js';
import type { OutgoingMessage } from './channels/channel.js';
import { renderPage, type PageFacts } from './domain/page-message.js';
import { openSecret } from './open-secret.js';
import type { Round, RoundMessage } from './page-rounds.service.js';
import type { Outgoing } from './sender.service.js';

/** A claim clock in one of these states asks nothing of anybody any more. */
const ended: readonly string[] = ['met', 'cancelled'];

type SharedFacts = Omit<PageFacts, 'link' | 'channelTrust'>;

/** Writes the messages of a page. */
@Injectable()
export class PageMessages {
  constructor(
    private readonly providers: Providers,
    private readonly clocks: ClockReader,
    private readonly secrets: SecretBox,
    private readonly base: BaseAddress,
  ) {}

  /** One message for each attempt of the round, with the link of that attempt. */
  async compose({ page, ticket, timeZone, bundle, messages }: Round): Promise<Outgoing[]> {
    const more = bundle && bundle.others > 0 ? { count: bundle.others, references: bundle.references } : undefined;
    const facts = { ...(await this.factsOf(page, ticket)), timeZone, more };
    return messages.map((message) => ({ delivery: message.delivery, message: this.write(page, facts, message) }));
  }

  private async factsOf(page: Page, ticket: TicketFacts): Promise<Omit<SharedFacts, 'timeZone' | 'more'>> {
    const [provider, clocks] = await Promise.all([
      this.providers.find(ticket.providerId),
      this.clocks.ofTickets([ticket.id]),
    ]);
    const claimClock = clocks.get(ticket.id)?.find(({ name, state }) => name === 'claim' && !ended.includes(state));
    const callback = provider?.contacts.find(
      ({ phone, verifiedAt }) => phone !== undefined && verifiedAt !== undefined,
    );
    return {
      reference: ticket.reference,
      severity: ticket.severityLevel,
      summary: ticket.summary,
      providerName: provider?.name ?? 'a healthcare provider',
      country: ticket.country,
      tlp: ticket.tlp,
      exercise: ticket.exercise,
      reasons: ticket.severityReasons,
      claimDueAt: claimClock ? new Date(claimClock.dueAt) : null,
      callbackNumber: callback?.phone,
      step: page.step,
    };
  }

  private write(page: Page, facts: SharedFacts, { delivery, method, link }: RoundMessage): OutgoingMessage {
    const url = `${this.base.url}/v1/pages/${link.token}`;
    // Both channels end in the responder's own mailbox or system.
    const rendered = renderPage({ ...facts, link: url, channelTrust: 'confidential' });
    // The same for every attempt by this method, so that a receiver can tell a repetition.
    const messageId = `${page.id}-${method.id}`;
    const { reference, severity } = facts;
    return {
      deliveryId: messageId,
      to: method.address,
      ...rendered,
      links: [url],
      ticketReference: reference,
      severity,
      secret: openSecret(this.secrets, method.sealedSecret),
      references: threadOf(reference),
      payload: {
        specversion: '1.0',
        id: messageId,
        source: '/codegrey',
        type: 'page.owed',
        subject: reference,
        time: delivery.at.toISOString(),
        datacontenttype: 'application/json',
        data: {
          pageId: page.id,
          purpose: page.purpose,
          reference,
          severity,
          exercise: facts.exercise,
          more: facts.more ?? { count: 0, references: [] },
          subject: rendered.subject,
          text: rendered.text,
          link: url,
        },
      },
    };
  }
}

/** The Message-ID under which mail programs group the messages of one ticket (RFC 5322 section 3.6.4). */
export function threadOf(reference: string): string {
  return `<${reference.toLowerCase()}@codegrey>`;
}
