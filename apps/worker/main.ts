import { createLogger, InvalidEnvironment, readEnvironment } from '../../libs/platform/index.js';
import { startDesk } from '../composition/desk.js';
import { failToStart, runUntilStopped } from '../composition/process.js';

/** A process with the relay, the timers and the queue workers. Any number may run against one database. It serves health and metrics. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  if (environment.databaseUrl === undefined)
    throw new InvalidEnvironment('DATABASE_URL is needed; `npm start` brings a database of its own.');
  const logger = createLogger(environment.logLevel, 'worker');
  const { app, url } = await startDesk({
    environment,
    databaseUrl: environment.databaseUrl,
    logger,
    worker: true,
    poolSize: 10,
    port: environment.port ?? 0,
  });
  runUntilStopped(logger, () => app.close());
  process.stdout.write(`Codegrey worker is ready at ${url}\n`);
}

main().catch(failToStart);
