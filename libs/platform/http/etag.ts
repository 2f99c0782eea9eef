import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { problems } from '../problems/problems.js';
import type { CallerRequest } from './request.js';

/** The entity tag of a version. */
export function etag(version: number): string {
  return `"${version}"`;
}

/** The version that `If-Match` names; undefined without the header or with `*`. Throws 412 when it can never match. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): number | undefined => {
  const header = context.switchToHttp().getRequest<CallerRequest>().headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(header);
  if (!match) throw problems.preconditionFailed('unknown');
  return Number(match[1]);
});

/** Throws 412 when the caller's version is not the present one. */
export function requireVersion(expected: number | undefined, present: number): void {
  if (expected !== undefined && expected !== present) throw problems.preconditionFailed(etag(present));
}
