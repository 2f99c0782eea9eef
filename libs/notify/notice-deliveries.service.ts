import { Injectable } from '@nestjs/common';
import { administration, system } from '../identity/index.js';
import { Clock, newId, Outbox, SecretBox, UnitOfWork, type Statement, type Work } from '../platform/index.js';
import { noticeMessage } from './contact-method-message.js';
import { verifiedMethods, type VerifiedMethod, type VerifiedMethodRow } from './contact-methods.sql.js';
import { finishDeliveries, insertDeliveries, type Delivery } from './delivery.js';
import { planNotice, type NoticeAttempt, type NoticePlan } from './domain/notice-plan.js';
import { noticeFollowUpDue } from './notify-events.js';
import { openSecret } from './open-secret.js';
import { Sender } from './sender.service.js';

/** The kind of timer that looks at a notice again that could not be sent. */
export const noticeFollowUpTimer = 'notify-notice-follow-up';

/** An attempt's deadline, and time to write down what came of it. */
const leaseMs = 8_000;

/** A notice, locked: one who decides at a time. Index: the primary key. */
const lockNotice: Statement = {
  name: 'notify-notice-lock',
  text: `
    SELECT id, responder_id AS "responderId", kind, subject, text FROM codegrey.personal_notices WHERE id = $1 FOR UPDATE`,
};

/** The attempts to send a notice, in the order in which they were begun. Index: deliveries_notice. */
const attemptsOfNotice: Statement = {
  name: 'deliveries-of-notice',
  text: `
    SELECT contact_method_id AS "contactMethodId", state, permanent, at FROM codegrey.deliveries
    WHERE personal_notice_id = $1 ORDER BY at, id`,
};

interface Notice extends Record<string, unknown> {
  id: string;
  responderId: string;
  kind: string;
  subject: string;
  text: string;
}

/** A notice that is being sent by one method. */
interface Attempt {
  notice: Notice;
  method: VerifiedMethod;
  delivery: Delivery;
}

/** Sends personal notices by the methods of whom they are for: one after the other, until one takes it. */
@Injectable()
export class NoticeDeliveries {
  constructor(
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly sender: Sender,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** Acts on one message about a notice. A message that is in other hands, or gone, is left alone. */
  async handle(messageId: string): Promise<void> {
    const message = await this.outbox.lease(messageId, leaseMs);
    if (!message) return;
    for (let attempt = await this.begin(message.subjectId, messageId); attempt !== null;) {
      attempt = await this.send(attempt, messageId);
    }
  }

  /** Writes down the next attempt; null, and the message taken, when none is to be made now. */
  private begin(noticeId: string, messageId: string): Promise<Attempt | null> {
    return this.unitOfWork.run((work) => this.next(work, noticeId, messageId));
  }

  private async send({ notice, method, delivery }: Attempt, messageId: string): Promise<Attempt | null> {
    const message = noticeMessage(notice, {
      deliveryId: `${notice.id}-${method.id}`,
      attemptId: delivery.id,
      method,
      secret: openSecret(this.secrets, method.sealedSecret),
      now: delivery.at,
    });
    const results = await Promise.all(this.sender.send([{ delivery, message }]));
    return this.unitOfWork.run(async (work) => {
      await finishDeliveries(work, results, this.clock.now());
      return this.next(work, notice.id, messageId);
    });
  }

  private async next(work: Work, noticeId: string, messageId: string): Promise<Attempt | null> {
    const [notice] = await work.query<Notice>(lockNotice, [noticeId]);
    if (notice) {
      const methods = await work.query<VerifiedMethodRow>(verifiedMethods, [notice.responderId]);
      const attempts = await work.query<NoticeAttempt & Record<string, unknown>>(attemptsOfNotice, [noticeId]);
      const now = this.clock.now();
      const plan = planNotice(
        methods.map(({ id }) => id),
        attempts,
        now,
      );
      const method = methods.find(({ id }) => id === plan.sendNow);
      if (method) {
        const before = attempts.filter(({ contactMethodId }) => contactMethodId === method.id).length;
        const delivery = newDelivery(notice, method, before + 1, now);
        await insertDeliveries(work, [delivery]);
        return { notice, method, delivery };
      }
      follow(work, noticeId, plan);
    }
    await this.outbox.take(work, messageId);
    return null;
  }
}

function follow(work: Work, noticeId: string, { nextAt }: NoticePlan): void {
  if (nextAt) work.arm({ kind: noticeFollowUpTimer, subjectId: noticeId, dueAt: nextAt });
}

/** Says that a notice is to be looked at again, now. */
export function recordNoticeFollowUp(work: Work, id: string): void {
  work.record({
    type: noticeFollowUpDue,
    subject: { type: 'notice', id },
    actor: system,
    scope: administration,
    audience: 'administration',
    data: { id },
  });
}

function newDelivery(notice: Notice, method: VerifiedMethod, attempt: number, at: Date): Delivery {
  return {
    id: newId(),
    pageId: null,
    providerUpdateId: null,
    personalNoticeId: notice.id,
    contactMethodId: method.id,
    responderId: notice.responderId,
    ticketId: null,
    channel: method.channel,
    address: null,
    attempt,
    state: 'sending',
    permanent: false,
    at,
    providerMessageId: null,
    provider: null,
    error: null,
  };
}
