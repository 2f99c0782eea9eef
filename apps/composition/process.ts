import type { Logger } from 'pino';
import { InvalidDeskConfig, InvalidEnvironment, UnusableDatabase } from '../../libs/platform/index.js';

const patienceMs = 10_000;
/** Within this a signal is the same request: one Ctrl-C reaches a process from the terminal and from npm or a watcher above it. */
const sameRequestMs = 1_000;

/**
 * Runs a process until it is told to stop: SIGTERM and SIGINT finish what is in hand within 10 s; a later signal ends
 * it at once. What nobody expected is logged, and ends the process rather than leaving it in an unknown state.
 */
export function runUntilStopped(logger: Logger, stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const end = (signal: string) => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > sameRequestMs) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    logger.info({ signal }, 'stopping');
    const late = setTimeout(() => {
      logger.warn('not everything was finished in time; what was not stays in the database');
      process.exit(1);
    }, patienceMs);
    stop().then(
      () => {
        clearTimeout(late);
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'a failure that nobody waited for'));
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'an unexpected failure ends this process');
    process.exit(1);
  });
}

/** Says why a process cannot start, in one sentence where it is the operator's to mend, and ends it. */
export function failToStart(error: unknown): never {
  const expected = [InvalidEnvironment, InvalidDeskConfig, UnusableDatabase].some((kind) => error instanceof kind);
  process.stderr.write(
    `Codegrey cannot start: ${expected ? (error as Error).message : String((error as Error | undefined)?.stack ?? error)}\n`,
  );
  process.exit(1);
}
