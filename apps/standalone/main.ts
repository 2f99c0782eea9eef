import { createLogger, readEnvironment } from '../../libs/platform/index.js';
import { DemoModule } from '../../libs/notify/index.js';
import { startDesk } from '../composition/desk.js';
import { failToStart, runUntilStopped } from '../composition/process.js';
import { ConsoleModule } from '../console/console.module.js';
import { DemoDesk } from './demo-desk.js';
import { DemoDeskModule } from './demo-desk.module.js';
import { EmbeddedPostgres } from './embedded-postgres.js';

/** Everything in one process, with a database of its own unless DATABASE_URL names one. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const logger = createLogger(environment.logLevel, 'standalone');
  const embedded = environment.databaseUrl === undefined ? new EmbeddedPostgres(environment.dataDir) : undefined;
  const databaseUrl = environment.databaseUrl ?? (await embedded?.start()) ?? '';
  const demo = embedded ? [DemoModule.forRoot(), DemoDeskModule, ConsoleModule] : [];
  try {
    const { app, url } = await startDesk({
      environment,
      databaseUrl,
      logger,
      worker: true,
      poolSize: 20,
      extraModules: demo,
      port: environment.port,
    });
    runUntilStopped(logger, async () => {
      await app.close();
      await embedded?.stop();
    });
    if (embedded) await app.get(DemoDesk).prepare(url);
    process.stdout.write(`Codegrey is ready at ${url}\n`);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

main().catch(failToStart);
