import { Injectable } from '@nestjs/common';
import type { Viewer } from '../identity/index.js';
import { Database, isId, problems, type Statement } from '../platform/index.js';

/** Whether there is such a responder. Index: the primary key. */
const responderExists: Statement = {
  name: 'responder-exists',
  text: 'SELECT true AS found FROM codegrey.responders WHERE id = $1',
};

/** What belongs to a responder: it is theirs, and the desk's coordinators and administrators keep it in order for them. */
@Injectable()
export class OwnedByResponder {
  constructor(private readonly database: Database) {}

  /** Throws 404 when there is no such responder, and 403 when it is somebody else and the caller is a responder too. */
  async require(viewer: Viewer, responderId: string): Promise<void> {
    const found = isId(responderId)
      ? await this.database.query<{ found: boolean }>(responderExists, [responderId])
      : [];
    if (found.length === 0) throw problems.notFound('responder');
    if (viewer.role === 'responder' && viewer.principalId !== responderId) {
      throw problems.forbidden('Another responder is not yours to reach.');
    }
  }
}
