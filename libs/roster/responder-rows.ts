import type { EntityManager } from 'typeorm';
import type { Viewer } from '../identity/index.js';
import { isId, problems } from '../platform/index.js';
import { Responder } from './roster.entity.js';

/** The responder with this id. Throws 404 when there is none. */
export async function findResponder(manager: EntityManager, id: string): Promise<Responder> {
  const responder = isId(id) ? await manager.findOneBy(Responder, { id }) : null;
  if (!responder) throw problems.notFound('responder');
  return responder;
}

/** The responder whose own affairs the caller arranges: a responder only their own, everybody else of the desk anybody's. */
export async function responderInHand(manager: EntityManager, viewer: Viewer, id: string): Promise<Responder> {
  const responder = await findResponder(manager, id);
  if (viewer.role === 'responder' && viewer.principalId !== responder.id)
    throw problems.forbidden('A responder arranges only their own time; a coordinator may arrange it for others.');
  return responder;
}
