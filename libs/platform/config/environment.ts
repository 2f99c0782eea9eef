import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';

/** One environment variable, as `/docs/operations.md` and the start-up error list it. */
interface Variable {
  name: string;
  meaning: string;
  fallback?: string;
}

/** Every environment variable that Codegrey reads, in one place. */
export const variables: Variable[] = [
  { name: 'HOST', meaning: 'address to listen on', fallback: '127.0.0.1' },
  { name: 'PORT', meaning: 'port to listen on; 0 takes a free one', fallback: '3000, or the next free one' },
  { name: 'CODEGREY_DATA_DIR', meaning: 'where the embedded database and other files lie', fallback: '.codegrey' },
  { name: 'DATABASE_URL', meaning: 'PostgreSQL to use instead of the embedded one' },
  { name: 'REDIS_URL', meaning: 'Redis or Valkey for the queues instead of PostgreSQL' },
  {
    name: 'SMTP_URL',
    meaning: 'mail server (smtp:// or smtps://)',
    fallback: 'the demo inbox, in the embedded default',
  },
  { name: 'CODEGREY_MAIL_FROM', meaning: 'sender of mail', fallback: 'Codegrey <codegrey@localhost>' },
  {
    name: 'CODEGREY_MAIL_REPLY_TO',
    meaning: 'mailbox whose mail is handed to POST /v1/intake/email; without it mail offers no replies',
    fallback: 'the sender, in the embedded default',
  },
  { name: 'CODEGREY_PUBLIC_URL', meaning: 'address in links', fallback: 'where it listens' },
  {
    name: 'CODEGREY_EGRESS_ALLOW',
    meaning: 'private networks (CIDR, comma separated) that outgoing requests may reach',
  },
  {
    name: 'CODEGREY_CHANNELS_FILE',
    meaning: 'the channels of this desk (YAML); the secrets that it names are read from the environment too',
    fallback: 'config/channels.yaml',
  },
  {
    name: 'CODEGREY_TRUSTED_PROXIES',
    meaning: 'proxies (CIDR, comma separated) whose X-Forwarded-* headers are believed',
  },
  {
    name: 'CODEGREY_HEARTBEAT_URL',
    meaning: 'where a sign of life is sent while every open ticket has a next step that is on time (http or https)',
  },
  { name: 'CODEGREY_MOVABLE_CLOCK', meaning: '1: time can be moved forward (tests and drills)' },
  {
    name: 'CODEGREY_SECRET_KEY',
    meaning:
      'key that seals secrets at rest: 64 hexadecimal digits; several, comma separated, while it is being changed',
    fallback: 'made once in the data directory',
  },
  { name: 'CODEGREY_LOG_LEVEL', meaning: 'fatal, error, warn, info, debug or trace', fallback: 'info' },
  { name: 'NODE_ENV', meaning: 'production refuses the movable clock' },
];

/** The validated environment of one process. */
export interface Environment {
  host: string;
  /** `undefined`: 3000 or the next free port. */
  port: number | undefined;
  dataDir: string;
  databaseUrl: string | undefined;
  /** Several addresses: a cluster. Empty: the queues lie in PostgreSQL. */
  redisUrls: string[];
  smtpUrl: string | undefined;
  mailFrom: string;
  /** An address alone; undefined: replies by e-mail are not taken. */
  mailReplyTo: string | undefined;
  publicUrl: string | undefined;
  egressAllow: string;
  trustedProxies: string[];
  /** Where the channels of this desk are described; ends in `.yaml`. */
  channelsFile: string;
  /** The secret of this name: the variable itself, or the content of the file that NAME_FILE names. Undefined: there is none. */
  secret: (name: string) => string | undefined;
  movableClock: boolean;
  /** Where signs of life are sent; undefined: nowhere. */
  heartbeatUrl: string | undefined;
  /** Keys that seal secrets at rest, the present one first; undefined: the one in the data directory. */
  secretKey: string | undefined;
  logLevel: string;
}

/** The environment cannot be used; the message names every variable at fault. */
export class InvalidEnvironment extends Error {}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** Reads and checks the environment. Throws `InvalidEnvironment` with every fault at once. */
export function readEnvironment(env: Record<string, string | undefined>): Environment {
  const faults: string[] = [];
  const text = (name: string) => env[name]?.trim() || undefined;
  const url = (name: string, value: string | undefined, schemes: string[]) => {
    if (value === undefined) return undefined;
    const scheme = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : undefined;
    if (!scheme || !schemes.includes(scheme)) faults.push(`${name} must be a URL of ${schemes.join(', ')}`);
    return value;
  };
  const list = (name: string) =>
    (text(name) ?? '')
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean);

  const port = text('PORT');
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65535)) faults.push('PORT must be 0 to 65535');
  const host = text('HOST') ?? '127.0.0.1';
  if (!isIP(host) && !/^[a-z0-9.-]+$/i.test(host)) faults.push('HOST must be an address or a name');
  const logLevel = text('CODEGREY_LOG_LEVEL') ?? 'info';
  if (!logLevels.includes(logLevel)) faults.push(`CODEGREY_LOG_LEVEL must be one of ${logLevels.join(', ')}`);
  const movableClock = flag('CODEGREY_MOVABLE_CLOCK', text('CODEGREY_MOVABLE_CLOCK'), faults);
  if (movableClock && env.NODE_ENV === 'production')
    faults.push('CODEGREY_MOVABLE_CLOCK is refused when NODE_ENV=production');

  const mailReplyTo = text('CODEGREY_MAIL_REPLY_TO');
  if (mailReplyTo !== undefined && !/^[^\s<>(),:;"@\\]+@[^\s<>(),:;"@\\]+$/.test(mailReplyTo))
    faults.push('CODEGREY_MAIL_REPLY_TO must be one e-mail address');
  const channelsFile = text('CODEGREY_CHANNELS_FILE') ?? join(process.cwd(), 'config', 'channels.yaml');
  if (!channelsFile.endsWith('.yaml')) faults.push('CODEGREY_CHANNELS_FILE must end in .yaml');

  const environment: Environment = {
    host,
    port: port === undefined ? undefined : Number(port),
    dataDir: text('CODEGREY_DATA_DIR') ?? '.codegrey',
    databaseUrl: url('DATABASE_URL', text('DATABASE_URL'), ['postgres', 'postgresql']),
    redisUrls: list('REDIS_URL').map(
      (entry) => url('REDIS_URL', entry, ['redis', 'rediss', 'redis+sentinel']) ?? entry,
    ),
    smtpUrl: url('SMTP_URL', text('SMTP_URL'), ['smtp', 'smtps']),
    mailFrom: text('CODEGREY_MAIL_FROM') ?? 'Codegrey <codegrey@localhost>',
    mailReplyTo,
    publicUrl: url('CODEGREY_PUBLIC_URL', text('CODEGREY_PUBLIC_URL'), ['http', 'https'])?.replace(/\/$/, ''),
    egressAllow: text('CODEGREY_EGRESS_ALLOW') ?? '',
    trustedProxies: list('CODEGREY_TRUSTED_PROXIES'),
    channelsFile,
    secret: (name) => text(name) ?? contentOf(text(`${name}_FILE`)),
    movableClock,
    heartbeatUrl: url('CODEGREY_HEARTBEAT_URL', text('CODEGREY_HEARTBEAT_URL'), ['https', 'http']),
    secretKey: text('CODEGREY_SECRET_KEY'),
    logLevel,
  };
  if (faults.length > 0) throw new InvalidEnvironment(`The environment cannot be used: ${faults.join('; ')}.`);
  return environment;
}

/** What a file holds, without white space around it; undefined where it is not named, cannot be read or is empty. */
function contentOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

function flag(name: string, value: string | undefined, faults: string[]): boolean {
  if (value !== undefined && value !== '0' && value !== '1') faults.push(`${name} must be 0 or 1`);
  return value === '1';
}
