import { createLogger, InvalidEnvironment, readEnvironment } from '../../libs/platform/index.js';
import { startDesk } from '../composition/desk.js';
import { failToStart, runUntilStopped } from '../composition/process.js';

/** A stateless process that serves HTTP. Any number may run against one database. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  if (environment.databaseUrl === undefined)
    throw new InvalidEnvironment('DATABASE_URL is needed; `npm start` brings a database of its own.');
  const logger = createLogger(environment.logLevel, 'api');
  const { app, url } = await startDesk({
    environment,
    databaseUrl: environment.databaseUrl,
    logger,
    worker: false,
    poolSize: 20,
    port: environment.port,
  });
  runUntilStopped(logger, () => app.close());
  process.stdout.write(`Codegrey API is ready at ${url}\n`);
}

main().catch(failToStart);
