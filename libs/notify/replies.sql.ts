import type { Statement } from '../platform/index.js';

/** A code that belongs to the address it came from. */
export interface KnownCode {
  digest: Buffer;
  pageId: string | null;
  selfTestId: string | null;
  contactMethodId: string;
  responderId: string;
  expiresAt: Date;
  usedAt: Date | null;
}

/** A reply as it is kept. */
export type ReplyRow = { pageId: string; channel: string; command: string; changed: boolean; at: Date } & Record<
  string,
  unknown
>;

export type KnownCodeRow = KnownCode & Record<string, unknown>;

/** The codes with these digests, whose contact methods are still there. Indexes: the primary keys. */
export const findCodes: Statement = {
  name: 'reply-codes-find',
  text: `
    SELECT code.digest, code.page_id AS "pageId", code.self_test_id AS "selfTestId", code.contact_method_id AS "contactMethodId",
      method.responder_id AS "responderId", code.expires_at AS "expiresAt", code.used_at AS "usedAt"
    FROM codegrey.reply_codes AS code JOIN codegrey.contact_methods AS method ON method.id = code.contact_method_id
    WHERE code.digest = ANY($1::bytea[]) AND method.verified_at IS NOT NULL`,
};

/** Uses a code up, once. Index: the primary key. */
export const useCode: Statement = {
  name: 'reply-code-use',
  text: `
    UPDATE codegrey.reply_codes SET used_at = $2 WHERE digest = $1 AND used_at IS NULL AND expires_at > $2
    RETURNING true AS used`,
};

/** Writes down what somebody answered. */
export const insertReply: Statement = {
  name: 'reply-insert',
  text: `
    INSERT INTO codegrey.replies (id, page_id, self_test_id, contact_method_id, channel, command, changed, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
};

/** The last replies to pages, oldest first: at most 50 of each. Index: replies_page. */
export const repliesOfPages: Statement = {
  name: 'replies-of-pages',
  text: `
    SELECT reply.page_id AS "pageId", reply.channel, reply.command, reply.changed, reply.at
    FROM unnest($1::uuid[]) AS page(id) CROSS JOIN LATERAL (
      SELECT * FROM codegrey.replies WHERE page_id = page.id ORDER BY at DESC, id DESC LIMIT 50) AS reply
    ORDER BY reply.at, reply.id`,
};

/** Whether somebody on the roster has this address ($2, in lower case) on this channel ($1). Index: contact_methods_owner. */
export const isKnownSender: Statement = {
  name: 'reply-known-sender',
  text: `
    SELECT true AS found FROM codegrey.contact_methods
    WHERE lower(address) = $2 AND channel = $1 AND verified_at IS NOT NULL LIMIT 1`,
};
