import { randomInt } from 'node:crypto';
import type { SecretBox, Statement, Work } from '../platform/index.js';
import { replyCode, replyCodeSpace } from './domain/reply-code.js';
import { pageLinkLastsMs } from './page-link.js';

/** A code answers as long as the link beside it. */
export const replyCodeLastsMs = pageLinkLastsMs;

/** What was asked and is over is still told for so long to whoever replies with its code. */
const rememberedMs = 7 * 24 * 60 * 60_000;

/** The code of one message: it answers one page or self-test, from the address that the message went to, once. */
export interface ReplyCode {
  /** It is in the message and nowhere else. */
  code: string;
  digest: Buffer;
  pageId: string | null;
  selfTestId: string | null;
  contactMethodId: string;
}

/** Writes codes, and clears away some that expired long ago. Index: reply_codes_expiry. */
const insert: Statement = {
  name: 'reply-codes-insert',
  text: `
    WITH expired AS (
      DELETE FROM codegrey.reply_codes WHERE digest IN (
        SELECT digest FROM codegrey.reply_codes WHERE expires_at < $4 ORDER BY expires_at LIMIT 20 FOR UPDATE SKIP LOCKED))
    INSERT INTO codegrey.reply_codes (digest, page_id, self_test_id, contact_method_id, created_at, expires_at)
    SELECT decode(code."digest", 'hex'), code."pageId", code."selfTestId", code."contactMethodId", $2, $3
    FROM jsonb_to_recordset($1::jsonb) AS code("digest" text, "pageId" uuid, "selfTestId" uuid, "contactMethodId" uuid)`,
};

/** A fresh code for a message to this address. */
export function newReplyCode(
  box: SecretBox,
  to: { channel: string; address: string; contactMethodId: string },
  about: { pageId: string } | { selfTestId: string },
): ReplyCode {
  let code: string | null = null;
  while (code === null) code = replyCode(randomInt(replyCodeSpace));
  return {
    code,
    digest: replyCodeDigest(box, to.channel, to.address, code),
    pageId: 'pageId' in about ? about.pageId : null,
    selfTestId: 'selfTestId' in about ? about.selfTestId : null,
    contactMethodId: to.contactMethodId,
  };
}

/** What is kept of a code. The address is part of it: from anywhere else the same code is none. */
export function replyCodeDigest(box: SecretBox, channel: string, address: string, code: string): Buffer {
  return box.digest(`reply ${channel} ${address.toLowerCase()} ${code}`);
}

/** Writes down the codes of messages: their digests, by which nobody who reads them can answer. */
export async function insertReplyCodes(work: Work, codes: readonly ReplyCode[], now: Date): Promise<void> {
  if (codes.length === 0) return;
  const rows = codes.map(({ digest, pageId, selfTestId, contactMethodId }) => {
    return { digest: digest.toString('hex'), pageId, selfTestId, contactMethodId };
  });
  const expiresAt = new Date(now.getTime() + replyCodeLastsMs);
  const forgottenAt = new Date(now.getTime() - rememberedMs);
  await work.query(insert, [JSON.stringify(rows), now, expiresAt, forgottenAt]);
}
