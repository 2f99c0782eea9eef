import { Injectable } from '@nestjs/common';
import { Database, isId, type Statement } from '../platform/index.js';
import { askTwiml, messageTwiml, sayTwiml } from './channels/callback-twiml.js';
import { DeliveryReceipts } from './delivery-receipts.service.js';
import { telephonyReceipt } from './domain/delivery-receipt.js';
import type { ReplyOutcome } from './domain/reply-answer.js';
import { speakOutcome } from './domain/reply-speech.js';
import { Replies } from './replies.service.js';
import { isKnownSender } from './replies.sql.js';
import { SpokenReplies } from './reply-phrases.js';

/** The fields of a callback, each given once. */
export type CallbackFields = Readonly<Record<string, string>>;

/** What a call was about, and who was called. Index: the primary key. */
const findCall: Statement = {
  name: 'telephony-call',
  text: `
    SELECT page_id AS "pageId", contact_method_id AS "contactMethodId", responder_id AS "responderId"
    FROM codegrey.deliveries WHERE id = $1 AND channel = 'voice' AND contact_method_id IS NOT NULL AND responder_id IS NOT NULL`,
};

interface Call extends Record<string, unknown> {
  pageId: string | null;
  contactMethodId: string;
  responderId: string;
}

/** What a key means during a call. */
const keys = new Map([
  ['1', 'claim'],
  ['2', 'decline'],
  ['3', 'call'],
] as const);

/** Acts on what providers of SMS and voice call the desk about. */
@Injectable()
export class TelephonyCallbacks {
  constructor(
    private readonly database: Database,
    private readonly replies: Replies,
    private readonly receipts: DeliveryReceipts,
    private readonly spoken: SpokenReplies,
  ) {}

  /** Acts on an SMS. Only numbers of the roster are answered: nobody else can make the desk send messages. */
  async sms({ From: from = '', Body: text = '' }: CallbackFields): Promise<string> {
    const [isKnown] = await this.database.query(isKnownSender, ['sms', from.toLowerCase()]);
    if (!isKnown) return messageTwiml(undefined);
    const { answer } = await this.replies.answer({ channel: 'sms', from, text });
    return messageTwiml(answer.text);
  }

  /**
   * Acts on a key. The call itself binds it to its page: the signature covers the id of the attempt in the address, and it was the
   * responder's number that was called.
   */
  async key(deliveryId: string, { Digits: digits = '' }: CallbackFields, keyUrl: string): Promise<string> {
    const [call] = isId(deliveryId) ? await this.database.query<Call>(findCall, [deliveryId]) : [];
    if (!call) return sayTwiml({ locale: 'en-GB', sentences: ['Codegrey.'] });
    const outcome = await this.answer(call, digits);
    const speech = speakOutcome(outcome, await this.spoken.phrasesOf(call.responderId));
    return outcome.is === 'unclear' || outcome.is === 'callback' ? askTwiml(speech, keyUrl) : sayTwiml(speech);
  }

  /** Writes a receipt down. One for a message that is none of ours, or that says nothing new, changes nothing. */
  async status(deliveryId: string, fields: CallbackFields): Promise<void> {
    const receipt = telephonyReceipt({
      status: fields.MessageStatus ?? fields.CallStatus ?? '',
      errorCode: fields.ErrorCode,
      answeredBy: fields.AnsweredBy,
    });
    if (receipt !== null && isId(deliveryId)) await this.receipts.take({ deliveryId }, receipt);
  }

  private async answer({ pageId, contactMethodId }: Call, digits: string): Promise<ReplyOutcome> {
    const command = keys.get(digits as '1');
    if (command === undefined || pageId === null) return { is: 'unclear', code: '' };
    return this.replies.answerPage({ pageId, contactMethodId, channel: 'voice', command, code: null });
  }
}
