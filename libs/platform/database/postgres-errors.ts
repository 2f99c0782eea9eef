/** SQLSTATE classes by which the server says that it is away, starting, stopping or full. */
const awayCodes = [
  '08000',
  '08001',
  '08003',
  '08006',
  '57P01',
  '57P02',
  '57P03',
  '53100',
  '53200',
  '53300',
  '58030',
  '25P03',
  '57014',
  '25P04',
  '55P03',
];

const awayMessages =
  /Connection terminated|timeout exceeded when trying to connect|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|Client has encountered a connection error|Client was closed|the database system is|Cannot use a pool after calling end/i;

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown; driverError?: { code?: unknown } } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Whether the database could not be asked at all, or broke off: answered as 503, since the outcome may be unknown. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code !== undefined && (awayCodes.includes(code) || /^E(CONN|PIPE|TIMEDOUT|HOST)/.test(code))) return true;
  if (error.name === 'QueryRunnerProviderAlreadyReleasedError' || error.name === 'QueryRunnerAlreadyReleasedError')
    return true;
  return awayMessages.test(error.message) || (error.name === 'AggregateError' && codeOf(error) === 'ECONNREFUSED');
}

/** Whether the whole transaction was undone by the server and may simply be run again: a deadlock or a serialisation failure. */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40001' || code === '40P01';
}

/** The unique constraint that the statement would have broken, when that is what went wrong. */
export function violatedUniqueConstraint(error: unknown): string | undefined {
  if (codeOf(error) !== '23505') return undefined;
  const constraint = (error as { constraint?: unknown }).constraint;
  return typeof constraint === 'string' ? constraint : '';
}
