import { Postgres } from '../harness/postgres.js';
import { Program } from '../harness/program.js';

describe('a database that was restored from a dump', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await Postgres.start();
  });
  afterAll(() => postgres.stop());

  const start = () => Program.start('standalone', { DATABASE_URL: postgres.url, CODEGREY_DATA_DIR: postgres.dataDir });

  it('is refused with what to do, since its journal could not go on', async () => {
    const desk = await start();
    await desk.kill('SIGTERM');
    // What a dump does: the entries come over with their transaction ids, to a server that has counted less far.
    await postgres.query(`
      SET session_replication_role = replica;
      INSERT INTO codegrey.journal (xid, id, type, subject_type, subject_id, audience, actor_type)
      VALUES ('1000000000', gen_random_uuid(), 'test.restored', 'test', gen_random_uuid(), 'administration', 'system')`);
    await expect(start()).rejects.toThrow(/restored from a dump.*base backup/);
  });
});
