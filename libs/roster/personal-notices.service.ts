import { Injectable } from '@nestjs/common';
import { administration, system, type Viewer } from '../identity/index.js';
import {
  Clock,
  Database,
  decodeCursor,
  isId,
  newId,
  problems,
  toPage,
  type PageQuery,
  type Statement,
  type Work,
} from '../platform/index.js';
import type { PersonalNoticeDto, PersonalNoticePageDto } from './personal-notice.dto.js';

/** What happens when somebody is to be told something: notification hears of it and sends it. */
export const noticeOwed = 'notice.owed';

/** What somebody is told about the roster or about themselves. It is no page: nobody has to answer, and it says nothing about a case. */
export interface PersonalNotice {
  /** What it is about, as a word with hyphens: `gap-ahead`. */
  kind: string;
  /** One line. */
  subject: string;
  /** What it says, in a few sentences. */
  text: string;
}

const insert: Statement = {
  name: 'personal-notices-insert',
  text: `
    INSERT INTO codegrey.personal_notices (id, responder_id, kind, subject, text, created_at)
    SELECT id, responder_id, $2, $3, $4, $5 FROM jsonb_to_recordset($1::jsonb) AS told(id uuid, responder_id uuid)`,
};

/** What one person was told, the newest first. Index: personal_notices_responder. */
const list: Statement = {
  name: 'personal-notices-list',
  text: `
    SELECT id, responder_id AS "responderId", kind, subject, text, created_at AS "createdAt" FROM codegrey.personal_notices
    WHERE responder_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
};

interface NoticeRow extends PersonalNotice, Record<string, unknown> {
  id: string;
  responderId: string;
  createdAt: Date;
}

/** Tells people what concerns them, by the ways they can be reached. */
@Injectable()
export class PersonalNotices {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Owes a notice to each of these people, once each, in the transaction of what they are told of. */
  async tell(work: Work, recipients: readonly string[], notice: PersonalNotice): Promise<void> {
    const told = [...new Set(recipients)].map((responderId) => ({ id: newId(), responder_id: responderId }));
    if (told.length === 0) return;
    const { kind, subject, text } = notice;
    await work.query(insert, [JSON.stringify(told), kind, subject, text, this.clock.now()]);
    for (const { id, responder_id: responderId } of told) {
      work.record({
        type: noticeOwed,
        subject: { type: 'notice', id },
        actor: system,
        scope: administration,
        audience: 'administration',
        data: { id, responderId, kind },
      });
    }
  }

  /** What a person was told, the newest first. Responders read their own. */
  async list(viewer: Viewer, responderId: string, { limit, cursor }: PageQuery): Promise<PersonalNoticePageDto> {
    if (viewer.role === 'responder' && viewer.principalId !== responderId)
      throw problems.forbidden('What another responder was told is not yours to read.');
    if (!isId(responderId)) throw problems.notFound('responder');
    const [before] = decodeCursor(cursor, ['id']) ?? [];
    const rows = await this.database.query<NoticeRow>(list, [responderId, before ?? null, limit + 1]);
    return toPage(rows, limit, ({ id }) => [id], presentNotice);
  }
}

function presentNotice({ id, responderId, kind, subject, text, createdAt }: NoticeRow): PersonalNoticeDto {
  return { id, responderId, kind, subject, text, createdAt: createdAt.toISOString() };
}
