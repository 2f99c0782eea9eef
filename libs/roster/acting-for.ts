import type { Viewer } from '../identity/index.js';
import { problems } from '../platform/index.js';

/** Who acts: a responder for themselves, everybody else of the desk for the one they name. Null: they name nobody. */
export function actingFor(viewer: Viewer, onBehalfOf: string | undefined): string | null {
  if (viewer.role !== 'responder') return onBehalfOf?.toLowerCase() ?? null;
  if (onBehalfOf !== undefined && onBehalfOf.toLowerCase() !== viewer.principalId)
    throw problems.forbidden('A responder acts for themselves; a coordinator may do it for others.');
  return viewer.principalId;
}

/** As `actingFor`. Throws 422 when nobody is named. */
export function mustActFor(viewer: Viewer, onBehalfOf: string | undefined): string {
  const responderId = actingFor(viewer, onBehalfOf);
  if (responderId === null) throw problems.invalidInput([{ pointer: '/onBehalfOf', detail: 'must say for whom' }]);
  return responderId;
}
