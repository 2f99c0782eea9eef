import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { QueueOptions } from 'bullmq';
import { queueSchema } from '../database/schema.js';

/** How the queues are reached: Redis or Valkey where an address is given, otherwise PostgreSQL. */
export function queueConnection(redisUrls: string[], databaseUrl: string): QueueOptions['connection'] {
  const [first, ...others] = redisUrls;
  if (first === undefined) return postgresConnection(databaseUrl);
  if (others.length > 0) return new Cluster(redisUrls, { redisOptions: { maxRetriesPerRequest: null } });
  if (first.startsWith('redis+sentinel:')) return new Redis(sentinelOptions(first));
  return new Redis(first, { maxRetriesPerRequest: null, retryStrategy });
}

function retryStrategy(attempt: number): number {
  return Math.min(50 * attempt, 1_000);
}

function postgresConnection(databaseUrl: string): QueueOptions['connection'] {
  const options = {
    connectionString: databaseUrl,
    schema: queueSchema,
    max: 3,
    application_name: 'codegrey-queue',
    // A job may be lost: its message is in the outbox and is published again. So none waits for the disk.
    options: '-c synchronous_commit=off',
  };
  // BullMQ types its connection by the Redis backend; the PostgreSQL backend takes pg's own options.
  return options;
}

/** Reads `redis+sentinel://[user:password@]host:port[,host:port…]/master-name`. */
export function sentinelOptions(url: string): RedisOptions {
  const match = /^redis\+sentinel:\/\/(?:([^:@/]*):([^@/]*)@)?([^/]+)\/([^/?]+)$/.exec(url);
  if (!match) throw new RangeError('REDIS_URL: write redis+sentinel://host:port,host:port/master-name');
  const [, username, password, hosts = '', name] = match;
  return {
    name,
    username: username === undefined ? undefined : decodeURIComponent(username) || undefined,
    password: password === undefined ? undefined : decodeURIComponent(password),
    sentinels: hosts.split(',').map((host) => {
      const [address, port] = host.split(':');
      return { host: address, port: Number(port ?? 26379) };
    }),
    maxRetriesPerRequest: null,
    retryStrategy,
  };
}
