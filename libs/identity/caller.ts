import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { problems } from '../platform/index.js';
import type { AuthenticatedRequest } from './authentication.guard.js';
import type { Viewer } from './viewer.js';

/** The caller of a handler, as a parameter. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Viewer => {
  const { viewer } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!viewer) throw problems.unauthenticated();
  return viewer;
});
