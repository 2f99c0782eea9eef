import type { DataSourceOptions } from 'typeorm';
import { schema } from './schema.js';

/** What a process may take of the database server. */
export interface DatabaseOptions {
  url: string;
  /** Connections in the pool of this process. */
  poolSize: number;
  /** The role that the desk works as; it has no right to alter the journal. Undefined where the server did not let it be made. */
  role: string | undefined;
}

/**
 * The options of the one data source. Every limit is kept by the server: a limit kept by the client
 * gives connections back in the middle of a transaction (`query_timeout` must never be set here).
 */
export function dataSourceOptions({ url, poolSize, role }: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    schema,
    poolSize,
    logging: false,
    synchronize: false,
    migrationsRun: false,
    entitySkipConstructor: true,
    extra: {
      application_name: 'codegrey',
      // Below the deadline of a request: a crowd waits its turn, and is told 503 only when that would come too late.
      connectionTimeoutMillis: 8_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      statement_timeout: 5_000,
      lock_timeout: 3_000,
      idle_in_transaction_session_timeout: 5_000,
      options: role === undefined ? `-c search_path=${schema}` : `-c role=${role} -c search_path=${schema}`,
    },
  };
}
