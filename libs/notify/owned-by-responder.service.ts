import { Injectable } from '@nestjs/common';
import type { Viewer } from '../identity/index.js';
import { problems } from '../platform/index.js';
import { Responders } from '../roster/index.js';

/** What belongs to a responder: it is theirs, and the desk's coordinators and administrators keep it in order for them. */
@Injectable()
export class OwnedByResponder {
  constructor(private readonly responders: Responders) {}

  /** Throws 404 when there is no such responder, and 403 when it is somebody else and the caller is a responder too. */
  async require(viewer: Viewer, responderId: string): Promise<void> {
    const { id } = await this.responders.get(responderId);
    if (viewer.role === 'responder' && viewer.principalId !== id) {
      throw problems.forbidden('Another responder is not yours to reach.');
    }
  }
}
