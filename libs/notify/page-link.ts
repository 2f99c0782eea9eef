import { createHash, randomBytes } from 'node:crypto';
import type { Statement, Work } from '../platform/index.js';

/** A page link lives so long, should the page not end before. */
export const pageLinkLastsMs = 24 * 60 * 60_000;

/** 192 bits as base64url. */
const tokenPattern = /^[\w-]{32}$/;

/** The link of one delivery: whoever has it may act on its page. */
export interface PageLink {
  /** It is in the message and nowhere else. */
  token: string;
  pageId: string;
  deliveryId: string;
}

/** Writes links, and clears away some that expired long ago. Index: page_links_expiry. */
const insert: Statement = {
  name: 'page-links-insert',
  text: `
    WITH expired AS (
      DELETE FROM codegrey.page_links WHERE token_hash IN (
        SELECT token_hash FROM codegrey.page_links WHERE expires_at < $2 ORDER BY expires_at LIMIT 20 FOR UPDATE SKIP LOCKED))
    INSERT INTO codegrey.page_links (token_hash, page_id, delivery_id, created_at, expires_at)
    SELECT decode(link."tokenHash", 'hex'), link."pageId", link."deliveryId", $2, $3
    FROM jsonb_to_recordset($1::jsonb) AS link("tokenHash" text, "pageId" uuid, "deliveryId" uuid)`,
};

/** A fresh link for a delivery. */
export function newPageLink(pageId: string, deliveryId: string): PageLink {
  return { token: randomBytes(24).toString('base64url'), pageId, deliveryId };
}

/** Writes down the links of deliveries: their hashes, by which nobody who reads them can act. */
export async function insertPageLinks(work: Work, links: readonly PageLink[], now: Date): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map(({ token, pageId, deliveryId }) => ({
    tokenHash: hash(token).toString('hex'),
    pageId,
    deliveryId,
  }));
  await work.query(insert, [JSON.stringify(rows), now, new Date(now.getTime() + pageLinkLastsMs)]);
}

/** What is kept of a token; null: it is none of ours. */
export function tokenHash(token: string): Buffer | null {
  return tokenPattern.test(token) ? hash(token) : null;
}

/** The token has 192 bits of its own, so that no slow hash is needed. */
function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
