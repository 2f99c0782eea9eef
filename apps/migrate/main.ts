import { InvalidEnvironment, migrate, readEnvironment } from '../../libs/platform/index.js';
import { migrations } from '../composition/contexts.js';
import { failToStart } from '../composition/process.js';

/** Brings the database to the present schema and ends: for deployments that migrate before they start. */
async function main(): Promise<void> {
  const { databaseUrl } = readEnvironment(process.env);
  if (databaseUrl === undefined)
    throw new InvalidEnvironment('DATABASE_URL is needed; `npm start` migrates its own database.');
  await migrate(databaseUrl, migrations);
  process.stdout.write('The database is up to date.\n');
}

main().catch(failToStart);
