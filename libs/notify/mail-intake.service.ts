import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { scopeOfTicket, Tickets, type TicketFacts } from '../cases/index.js';
import { actorOf, type Viewer } from '../identity/index.js';
import { Clock, Database, parseReference, UnitOfWork, type Statement, type Work } from '../platform/index.js';
import { Providers } from '../providers/index.js';
import { replyMessage } from './contact-method-message.js';
import { isAutomatic } from './domain/automatic-mail.js';
import { readDeliveryReport, sentMessage } from './domain/delivery-report.js';
import { DeliveryReceipts } from './delivery-receipts.service.js';
import { readMail, type InboundMail } from './inbound-mail.js';
import type { MailOutcomeDto } from './mail-intake.dto.js';
import { MethodMessages } from './method-messages.service.js';
import { notifyProblems } from './problems.js';
import { Replies } from './replies.service.js';
import { isKnownSender } from './replies.sql.js';

/** The ticket with one of these references, of this provider ($2) where the credential belongs to one. Index: the reference key. */
const findByReference: Statement = {
  name: 'mail-ticket',
  text: `
    SELECT id, reference, provider_id AS "providerId", contact ->> 'email' AS "contactEmail" FROM codegrey.tickets
    WHERE reference = ANY($1::text[]) AND ($2::uuid IS NULL OR provider_id = $2) ORDER BY id LIMIT 1`,
};

/** Remembers a mail, so that it joins its ticket once, and forgets some that came 30 days ago. Index: received_mails_age. */
const remember: Statement = {
  name: 'mail-remember',
  text: `
    WITH old AS (
      DELETE FROM codegrey.received_mails WHERE digest IN (
        SELECT digest FROM codegrey.received_mails WHERE received_at < $3::timestamptz - interval '30 days'
        ORDER BY received_at LIMIT 20 FOR UPDATE SKIP LOCKED))
    INSERT INTO codegrey.received_mails (digest, ticket_id, received_at) VALUES ($1, $2, $3)
    ON CONFLICT (digest) DO NOTHING RETURNING true AS new`,
};

/** The ticket that a mail may belong to, and who may write about it without being a stranger. */
interface MailTicket extends Record<string, unknown> {
  id: string;
  reference: string;
  providerId: string;
  contactEmail: string | null;
}

const mostReferences = 5;

/** What the mail of the desk's mailbox says: replies to pages, bounces, and what belongs to tickets. */
@Injectable()
export class MailIntake {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly replies: Replies,
    private readonly receipts: DeliveryReceipts,
    private readonly tickets: Tickets,
    private readonly providers: Providers,
    private readonly messages: MethodMessages,
    private readonly clock: Clock,
  ) {}

  /** Acts on a mail. Throws 422 when it cannot be read, and when it belongs to nothing: its sender should hear of that. */
  async take(viewer: Viewer, source: Buffer): Promise<MailOutcomeDto> {
    const mail = await readMail(source);
    if (mail.report !== null) return this.takeReport(mail.report);
    if (isAutomatic(mail.headers)) return nothing('ignored');
    const { from } = mail;
    if (from === null) throw notifyProblems.mailBelongsToNothing('It has not exactly one sender.');
    const reply = await this.replies.answer({ channel: 'email', from, text: mail.text });
    if (reply.contactMethodId === null && reply.wasMeant) throw notifyProblems.mailBelongsToNothing(reply.answer.text);
    if (reply.contactMethodId !== null) {
      await this.messages.send(reply.contactMethodId, (parts) => replyMessage(reply.answer, parts));
      if (reply.outcome.is !== 'unclear') return { ...nothing('replied'), answer: reply.answer.text };
    }
    return this.join(viewer, from, mail, source);
  }

  /** A bounce of something that the desk never sent is nobody's. */
  private async takeReport({ status, originalMessageId }: NonNullable<InboundMail['report']>): Promise<MailOutcomeDto> {
    const receipt = readDeliveryReport(status);
    const message = originalMessageId === null ? null : sentMessage(originalMessageId);
    if (receipt === null || message === null) return nothing('ignored');
    return nothing((await this.receipts.take(message, receipt)) ? 'receipt' : 'ignored');
  }

  /** Puts the mail into the timeline of its ticket, once. What a stranger writes is shown at the desk only. */
  private async join(viewer: Viewer, from: string, mail: InboundMail, source: Buffer): Promise<MailOutcomeDto> {
    const ticket = await this.ticketOf(viewer, mail.subject);
    if (!ticket) throw notifyProblems.mailBelongsToNothing('Its subject holds no reference of a ticket.');
    const isKnown = await this.isKnownSender(from, ticket);
    await this.unitOfWork.run(async (work) => {
      const facts = await this.tickets.lock(work, ticket.id);
      const [isNew] = await work.query(remember, [digestOf(mail, source), ticket.id, this.clock.now()]);
      if (facts && isNew) record(work, viewer, facts, { mail, from, isKnown });
    });
    return { ...nothing('joined'), ticketId: ticket.id, reference: ticket.reference };
  }

  private async ticketOf(viewer: Viewer, subject: string): Promise<MailTicket | undefined> {
    const references = referencesIn(subject);
    if (references.length === 0) return undefined;
    const [ticket] = await this.database.query<MailTicket>(findByReference, [references, viewer.providerId]);
    return ticket;
  }

  private async isKnownSender(from: string, { contactEmail, providerId }: MailTicket): Promise<boolean> {
    if (contactEmail?.toLowerCase() === from) return true;
    const provider = await this.providers.find(providerId);
    if (provider?.contacts.some(({ email, verifiedAt }) => verifiedAt && email?.toLowerCase() === from)) return true;
    return (await this.database.query(isKnownSender, ['email', from])).length > 0;
  }
}

function nothing(outcome: MailOutcomeDto['outcome']): MailOutcomeDto {
  return { outcome, ticketId: null, reference: null, answer: null };
}

/** The references in a subject, as they are written with their prefix; each is checked by its own check symbol. */
function referencesIn(subject: string): string[] {
  const written = subject.match(/\bCG[\s-]?[0-9A-Z]{4}[\s-]?[0-9A-Z]{4}\b/gi) ?? [];
  return written.flatMap((text) => parseReference(text) ?? []).slice(0, mostReferences);
}

/** The same for every copy of a mail, whichever way it came. */
function digestOf({ messageId }: InboundMail, source: Buffer): Buffer {
  return createHash('sha256')
    .update(messageId ?? source)
    .digest();
}

function record(
  work: Work,
  viewer: Viewer,
  ticket: TicketFacts,
  { mail, from, isKnown }: { mail: InboundMail; from: string; isKnown: boolean },
): void {
  const { subject, text, attachments } = mail;
  work.record({
    type: 'ticket.mail-received',
    subject: { type: 'ticket', id: ticket.id, reference: ticket.reference },
    actor: actorOf(viewer),
    scope: scopeOfTicket(ticket),
    audience: isKnown ? 'case' : 'desk',
    data: {
      id: ticket.id,
      reference: ticket.reference,
      from,
      isKnownSender: isKnown,
      attachments,
      note: `${from}: ${subject}\n\n${text.trim()}`,
    },
  });
}
