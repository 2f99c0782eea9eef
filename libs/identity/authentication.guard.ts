import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  ACCESS,
  RateLimiter,
  loadDeskConfig,
  problems,
  type Access,
  type CallerRequest,
  type Limit,
  type Reply,
} from '../platform/index.js';
import { Authentication } from './authentication.service.js';
import type { Viewer } from './viewer.js';

/** A request whose caller is known. */
export interface AuthenticatedRequest extends CallerRequest {
  viewer?: Viewer;
}

const limitSchema = {
  type: 'object',
  properties: { quota: { type: 'integer', minimum: 1 }, windowSeconds: { type: 'integer', minimum: 1 } },
  required: ['quota', 'windowSeconds'],
  additionalProperties: false,
};

const limitsSchema = {
  type: 'object',
  properties: { caller: limitSchema, failedCredentials: limitSchema },
  required: ['caller', 'failedCredentials'],
  additionalProperties: false,
};

/** Lets a request through to its handler, or not: denied unless the handler says who may call it. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  private readonly callers: RateLimiter;
  private readonly failures: RateLimiter;

  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
  ) {
    const limits = loadDeskConfig<{ caller: Limit; failedCredentials: Limit }>('limits', limitsSchema);
    this.callers = new RateLimiter('caller', limits.caller);
    this.failures = new RateLimiter('failed-credentials', limits.failedCredentials);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access && 'public' in access) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<AuthenticatedRequest>();
    const reply = http.getResponse<Reply>();
    const viewer = await this.authenticate(request, reply);
    request.viewer = viewer;
    request.callerId = viewer.keyId;
    await this.callers.take(viewer.keyId, reply);
    if (!access?.roles.includes(viewer.role)) throw problems.forbidden(`The role ${viewer.role} may not do that.`);
    return true;
  }

  private async authenticate(request: AuthenticatedRequest, reply: Reply): Promise<Viewer> {
    const key = /^Bearer +([\w.~+/=-]{1,256})$/i.exec(request.headers.authorization ?? '')?.[1];
    const viewer = key === undefined ? null : await this.authentication.viewerOf(key);
    if (viewer) return viewer;
    // Only wrong credentials count, so that one who guesses never locks out those who know.
    await this.failures.take(request.ip, reply);
    throw problems.unauthenticated();
  }
}
