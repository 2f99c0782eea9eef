import { In, type EntityManager } from 'typeorm';
import { isId, type Fault } from '../platform/index.js';
import { Responder } from './roster.entity.js';

/** Somebody who is named, and where. */
export interface NamedMember {
  pointer: string;
  responderId: string;
}

/** A fault for each of these people who is not on the roster. Who has been taken off it is still known. */
export async function unknownMembers(manager: EntityManager, named: readonly NamedMember[]): Promise<Fault[]> {
  const ids = [...new Set(named.map(({ responderId }) => responderId))].filter((id) => isId(id));
  const found = await manager.find(Responder, { select: { id: true }, where: { id: In(ids) } });
  const known = new Set(found.map(({ id }) => id));
  return named
    .filter(({ responderId }) => !known.has(responderId))
    .map(({ pointer }) => ({ pointer, detail: 'is nobody on the roster' }));
}
