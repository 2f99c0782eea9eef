import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../platform/index.js';
import { PageHistory } from '../roster/index.js';

/** Pages by person in a window, without notices: those ask nothing of anybody. Index: pages_responder. */
const countPages: Statement = {
  name: 'pages-count-by-responder',
  text: `
    SELECT responder_id AS "responderId", count(*)::int AS count FROM codegrey.pages
    WHERE responder_id = ANY($1::uuid[]) AND created_at >= $2 AND created_at < $3 AND purpose <> 'notice'
    GROUP BY responder_id`,
};

/** Tells the roster how often its people were paged. */
@Injectable()
export class DispatchPageHistory extends PageHistory {
  constructor(private readonly database: Database) {
    super();
  }

  async countBetween(responderIds: readonly string[], from: Date, to: Date): Promise<Map<string, number>> {
    const rows = await this.database.query<{ responderId: string; count: number }>(countPages, [
      responderIds,
      from,
      to,
    ]);
    return new Map(rows.map(({ responderId, count }) => [responderId, count]));
  }
}
