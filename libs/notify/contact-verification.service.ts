import { randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DeliveryDto } from '../dispatch/index.js';
import { actorOf, administration, type Viewer } from '../identity/index.js';
import { Clock, Database, isId, problems, SecretBox, UnitOfWork, type Statement } from '../platform/index.js';
import { testPoliciesAt } from '../roster/index.js';
import { codeMessage, testMessage } from './contact-method-message.js';
import { ContactMethod } from './contact-method.entity.js';
import { healthy } from './domain/method-health.js';
import { MethodMessages } from './method-messages.service.js';
import { SpokenReplies } from './reply-phrases.js';
import { notifyProblems } from './problems.js';

const codeLastsMs = 10 * 60_000;
const codeAgainAfterMs = 30_000;
const mostAttempts = 5;

/** Keeps the digest of a new code in place of an earlier one, unless that is too young. Index: the primary key. */
const keepCode: Statement = {
  name: 'verification-code-keep',
  text: `
    INSERT INTO codegrey.verification_codes (contact_method_id, digest, created_at, expires_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (contact_method_id) DO UPDATE
    SET digest = excluded.digest, created_at = excluded.created_at, expires_at = excluded.expires_at, attempts = 0
    WHERE verification_codes.created_at <= $5
    RETURNING true AS kept`,
};

/** Counts an attempt at a code that is still valid, before it is compared: it counts whatever comes of it. Index: the primary key. */
const tryCode: Statement = {
  name: 'verification-code-try',
  text: `
    UPDATE codegrey.verification_codes SET attempts = attempts + 1
    WHERE contact_method_id = $1 AND attempts < ${mostAttempts} AND expires_at > $2
    RETURNING digest`,
};

/** The code is used up. Index: the primary key. */
const useCode: Statement = {
  name: 'verification-code-use',
  text: `DELETE FROM codegrey.verification_codes WHERE contact_method_id = $1 AND digest = $2 RETURNING true AS used`,
};

/** Proves that whoever has a contact method receives what is sent to it. */
@Injectable()
export class ContactVerification {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly messages: MethodMessages,
    private readonly spoken: SpokenReplies,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** Sends a fresh code of six digits, valid for 10 minutes and 5 attempts. Throws 429 within 30 s of the one before. */
  async sendCode(method: ContactMethod): Promise<DeliveryDto> {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const now = this.clock.now();
    const after = (ms: number) => new Date(now.getTime() + ms);
    const values = [method.id, this.digest(method.id, code), now, after(codeLastsMs), after(-codeAgainAfterMs)];
    const [kept] = await this.database.query<{ kept: boolean }>(keepCode, values);
    if (!kept) throw problems.tooManyRequests(codeAgainAfterMs / 1_000);
    const phrases = method.channel === 'voice' ? await this.spoken.phrasesOf(method.responderId) : undefined;
    return this.messages.sendBy(method, (parts) => codeMessage(code, parts, phrases));
  }

  /** Sends a message that says that it is a test, and answers what came of it. */
  async sendTest(method: ContactMethod): Promise<DeliveryDto> {
    return this.messages.sendBy(method, testMessage);
  }

  /** Makes the method a verified one when the code is the one that was sent. Throws 422 otherwise. */
  async verify(viewer: Viewer, method: ContactMethod, code: string): Promise<ContactMethod> {
    const now = this.clock.now();
    const [known] = await this.database.query<{ digest: Buffer }>(tryCode, [method.id, now]);
    const digest = this.digest(method.id, code);
    if (!known || !timingSafeEqual(known.digest, digest)) throw notifyProblems.verificationFailed();
    return this.unitOfWork.run(async (work) => {
      const [used] = await work.query<{ used: boolean }>(useCode, [method.id, digest]);
      if (!used) throw notifyProblems.verificationFailed();
      const verified: ContactMethod = {
        ...method,
        ...healthy,
        verifiedAt: method.verifiedAt ?? now,
        version: method.version + 1,
      };
      const { verifiedAt, version } = verified;
      await work.manager.update(ContactMethod, method.id, { verifiedAt, version, ...healthy });
      work.record({
        type: 'contact-method.verified',
        subject: { type: 'contact-method', id: method.id },
        actor: actorOf(viewer),
        scope: administration,
        audience: 'administration',
        changes: {
          verifiedAt: { from: method.verifiedAt?.toISOString() ?? null, to: verifiedAt?.toISOString() ?? null },
        },
        data: { id: method.id, responderId: method.responderId, channel: method.channel },
      });
      testPoliciesAt(work, this.clock.now());
      return verified;
    });
  }

  /** The method of this responder. Throws 404 when there is none. */
  async find(responderId: string, id: string): Promise<ContactMethod> {
    const { manager } = this.database.dataSource;
    const method = isId(id) ? await manager.findOneBy(ContactMethod, { id, responderId }) : null;
    if (!method) throw problems.notFound('contact method');
    return method;
  }

  /** Bound to the method, so that a code opens nothing else. */
  private digest(methodId: string, code: string): Buffer {
    return this.secrets.digest(`${methodId} ${code}`);
  }
}
