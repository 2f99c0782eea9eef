import { Injectable } from '@nestjs/common';
import type { Statement, Work } from '../platform/index.js';
import { PersonalNotices } from '../roster/index.js';
import { addressHint } from './domain/address.js';
import { methodHealthColumns, type MethodHealthRow } from './method-health.js';

/** A failing method, and whose it is. Index: the primary keys. */
const findFailing: Statement = {
  name: 'contact-method-failing',
  text: `
    SELECT ${methodHealthColumns}, responder.name AS "ownerName"
    FROM codegrey.contact_methods AS method JOIN codegrey.responders AS responder ON responder.id = method.responder_id
    WHERE method.id = $1 AND method.reported_failing_at IS NOT NULL`,
};

/** The coordinators. There are few; without an index of their own. */
const findCoordinators: Statement = {
  name: 'active-coordinators',
  text: `SELECT id FROM codegrey.responders WHERE active AND desk_role = 'coordinator' ORDER BY id LIMIT 50`,
};

type FailingMethod = MethodHealthRow & { ownerName: string };

/** Lets people know of contact methods that have stopped to work, before a page shows it. */
@Injectable()
export class MethodCare {
  constructor(private readonly notices: PersonalNotices) {}

  /** Tells the owner, who is reached by another method, and the coordinators. One that has recovered meanwhile is left alone. */
  async tellFailing(work: Work, methodId: string): Promise<void> {
    const [method] = await work.query<FailingMethod>(findFailing, [methodId]);
    if (!method) return;
    const coordinators = (await coordinatorIds(work)).filter((id) => id !== method.responderId);
    const what = `${method.channel} (${addressHint(method.channel, method.address)})`;
    const why = `What the last attempt came to: ${method.lastError ?? 'unknown'}`;
    await this.notices.tell(work, [method.responderId], {
      kind: 'contact-method-failing',
      subject: `Codegrey: your ${what} does not work`,
      text: `Pages do not reach you by ${what} any more. ${why} Mend it and send a test, or remove it and add another.`,
    });
    await this.notices.tell(work, coordinators, {
      kind: 'contact-method-failing',
      subject: `Codegrey: ${method.ownerName} is no longer reached by ${method.channel}`,
      text: `Pages to ${method.ownerName} fail by ${what}. ${why} They have been told by their other methods, where there are any.`,
    });
  }
}

async function coordinatorIds(work: Work): Promise<string[]> {
  return (await work.query<{ id: string }>(findCoordinators)).map(({ id }) => id);
}
