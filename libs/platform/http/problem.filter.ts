import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from 'pino';
import { isDatabaseAway, isRetryable } from '../database/postgres-errors.js';
import { Problem, presentProblem } from '../problems/problem.js';
import { problemHtml, wantsPage } from '../problems/problem-html.js';
import { problems } from '../problems/problems.js';
import type { CallerRequest, Reply } from './request.js';

/** Answers every failure as an RFC 9457 problem. What the caller cannot mend is logged, and never shown. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<CallerRequest>();
    const reply = http.getResponse<Reply>();
    const problem = toProblem(error);
    if (problem.kind.status >= 500) {
      const level = problem.kind.status === 503 ? 'warn' : 'error';
      this.logger[level]({ err: error, requestId: request.id, route: request.routeOptions?.url }, problem.kind.title);
    }
    sendProblem(reply, problem, request.id);
  }
}

/** Writes the problem as the answer (to a browser as a page), unless something has already been answered. */
export function sendProblem(reply: Reply, problem: Problem, requestId: string): void {
  if (reply.sent || reply.raw.headersSent) return;
  const { retryAfterSeconds } = problem.details;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  if (problem.kind.status === 401) void reply.header('www-authenticate', 'Bearer');
  // The rest of the body is read and thrown away (for at most the request timeout), so that its sender gets to see this answer.
  if (problem.kind.status === 413) void reply.removeHeader('connection');
  void reply.status(problem.kind.status);
  if (wantsPage(reply.request.headers.accept))
    void reply.header('content-type', 'text/html; charset=utf-8').send(problemHtml(problem, requestId));
  else
    void reply
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(presentProblem(problem, requestId)));
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error) || isRetryable(error)) return problems.unavailable();
  return frameworkProblem(error) ?? problems.internal();
}

/** What Fastify and Nest refuse by themselves: addresses, methods, framing and sizes. */
function frameworkProblem(error: unknown): Problem | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problems.contentTooLarge(bodyLimitBytes);
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return problems.unsupportedMediaType();
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  if (status === 404) return problems.notFound('address');
  if (status === 405) return problems.methodNotAllowed();
  if (status === 413) return problems.contentTooLarge(bodyLimitBytes);
  if (status === 415) return problems.unsupportedMediaType();
  if (typeof status === 'number' && status >= 400 && status < 500)
    return problems.badRequest('The request cannot be read.');
  return undefined;
}

/** The largest body taken: room for a text of 100,000 characters many times over. */
export const bodyLimitBytes = 1_048_576;
