import { Injectable } from '@nestjs/common';
import { actorOf, administration, type Viewer } from '../identity/index.js';
import {
  Database,
  isoDuration,
  problems,
  requireVersion,
  UnitOfWork,
  type Statement,
  type Work,
} from '../platform/index.js';
import { notificationRules, type NotificationRuleRow } from './contact-methods.sql.js';
import { readNotificationRules } from './domain/notification-rules.js';
import type { NotificationRule } from './domain/notification-schedule.js';
import type { NotificationRuleDto } from './notification-rule.dto.js';
import { OwnedByResponder } from './owned-by-responder.service.js';

/** The rules of a responder, and the version of the whole set (0: none was ever saved). */
export interface RuleSet {
  rules: NotificationRuleDto[];
  version: number;
}

/** Locks the set of a responder, which is made when there is none yet. Index: the primary key. */
const lockSet: Statement = {
  name: 'notification-rules-lock',
  text: `
    INSERT INTO codegrey.notification_rule_sets (responder_id, version) VALUES ($1, 0)
    ON CONFLICT (responder_id) DO UPDATE SET version = notification_rule_sets.version RETURNING version`,
};

/** Puts a new set in place of the old one. Index: the primary keys. */
const replaceRules: Statement = {
  name: 'notification-rules-replace',
  text: `
    WITH old AS (DELETE FROM codegrey.notification_rules WHERE responder_id = $1 AND position >= $3),
    set AS (UPDATE codegrey.notification_rule_sets SET version = $4 WHERE responder_id = $1)
    INSERT INTO codegrey.notification_rules (responder_id, position, severities, contact_method_id, after_ms)
    SELECT $1, rule."position", rule."severities", rule."contactMethodId", rule."afterMs"
    FROM jsonb_to_recordset($2::jsonb) AS rule("position" integer, "severities" text[], "contactMethodId" uuid, "afterMs" integer)
    ON CONFLICT (responder_id, position) DO UPDATE
    SET severities = excluded.severities, contact_method_id = excluded.contact_method_id, after_ms = excluded.after_ms`,
};

/** How a responder wants to be reached. */
@Injectable()
export class NotificationRules {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly owners: OwnedByResponder,
  ) {}

  async of(viewer: Viewer, responderId: string): Promise<RuleSet> {
    await this.owners.require(viewer, responderId);
    const rules = await this.database.query<NotificationRuleRow>(notificationRules, [responderId]);
    const text = 'SELECT version FROM codegrey.notification_rule_sets WHERE responder_id = $1';
    const [set] = await this.database.query<{ version: number }>({ name: 'notification-rules-version', text }, [
      responderId,
    ]);
    return { rules: rules.map(presentRule), version: set?.version ?? 0 };
  }

  /** Puts new rules in place of the old ones. An empty list brings the desk's default back. Throws 422 naming every fault. */
  async replace(viewer: Viewer, responderId: string, input: unknown, expected: number | undefined): Promise<RuleSet> {
    await this.owners.require(viewer, responderId);
    return this.unitOfWork.run(async (work) => {
      const [set] = await work.query<{ version: number }>(lockSet, [responderId]);
      const present = set?.version ?? 0;
      requireVersion(expected, present);
      const read = readNotificationRules(input, await methodIds(work, responderId));
      if ('faults' in read) throw problems.invalidInput(read.faults);
      const before = await work.query<NotificationRuleRow>(notificationRules, [responderId]);
      const rows = read.rules.map((rule, position) => ({ ...rule, position }));
      await work.query(replaceRules, [responderId, JSON.stringify(rows), rows.length, present + 1]);
      const rules = read.rules.map(presentRule);
      work.record({
        type: 'notification-rules.changed',
        subject: { type: 'responder', id: responderId },
        actor: actorOf(viewer),
        scope: administration,
        audience: 'administration',
        changes: { rules: { from: before.map(presentRule), to: rules } },
      });
      return { rules, version: present + 1 };
    });
  }
}

/** The methods that a rule may name. They stay until the rules are written. */
async function methodIds(work: Work, responderId: string): Promise<Set<string>> {
  const text = 'SELECT id FROM codegrey.contact_methods WHERE responder_id = $1 FOR KEY SHARE';
  const methods = await work.query<{ id: string }>({ name: 'contact-method-ids', text }, [responderId]);
  return new Set(methods.map(({ id }) => id));
}

function presentRule({ severities, contactMethodId, afterMs }: NotificationRule): NotificationRuleDto {
  return { severity: [...severities], contactMethodId, after: isoDuration(afterMs) };
}
