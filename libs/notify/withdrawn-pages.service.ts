import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../platform/index.js';

/** Which of these pages are not to be sent any more. Index: the primary key. */
const findWithdrawn: Statement = {
  name: 'pages-withdrawn',
  text: `SELECT id FROM codegrey.pages WHERE id = ANY($1::uuid[]) AND state IN ('withdrawn', 'acknowledged')`,
};

/**
 * Whether a page was withdrawn or answered since its round was written down, asked at the moment of sending. All pages that ask
 * within one turn of the event loop are asked for in one query.
 */
@Injectable()
export class WithdrawnPages {
  private pending: { ids: Set<string>; found: Promise<Set<string>> } | undefined;

  constructor(private readonly database: Database) {}

  async isWithdrawn(pageId: string): Promise<boolean> {
    this.pending ??= this.gather();
    this.pending.ids.add(pageId);
    return (await this.pending.found).has(pageId);
  }

  private gather(): { ids: Set<string>; found: Promise<Set<string>> } {
    const ids = new Set<string>();
    const found = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      this.pending = undefined;
      const rows = await this.database.query<{ id: string }>(findWithdrawn, [[...ids]]);
      return new Set(rows.map(({ id }) => id));
    });
    return { ids, found };
  }
}
