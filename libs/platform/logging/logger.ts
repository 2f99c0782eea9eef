import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** Members that may carry personal data or secrets, wherever they stand in a log entry. */
const redacted = [
  'contact',
  'phone',
  'email',
  'address',
  'to',
  'text',
  'summary',
  'description',
  'key',
  'secret',
  'token',
  'authorization',
  'password',
];

/** A JSON logger to standard output. Ids and references are logged; names, addresses and case text never. */
export function createLogger(level: string, process: string): Logger {
  return pino({
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: presentError },
  });
}

/** An error without the parameters of the query that failed: those are case text. */
function presentError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = (error as { code?: unknown }).code;
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: presentError(error.cause) }),
  };
}

/** Nest's own messages, through the same logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log = (message: unknown, context?: unknown) => this.logger.debug({ context: String(context) }, String(message));
  warn = (message: unknown, context?: unknown) => this.logger.warn({ context: String(context) }, String(message));
  debug = (message: unknown, context?: unknown) => this.logger.debug({ context: String(context) }, String(message));
  verbose = (message: unknown, context?: unknown) => this.logger.trace({ context: String(context) }, String(message));
  error = (message: unknown, ...rest: unknown[]) => this.logger.error({ detail: rest.map(String) }, String(message));
  fatal = (message: unknown, ...rest: unknown[]) => this.logger.fatal({ detail: rest.map(String) }, String(message));
}
