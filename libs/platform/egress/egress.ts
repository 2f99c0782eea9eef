import { isNativeError } from 'node:util/types';
import { isIP } from 'node:net';
import { Agent, request } from 'undici';
import { type Cidr, isForbiddenAddress } from './address-rules.js';
import { EgressFailed, EgressRefused } from './egress-errors.js';
import { guardedConnector, type HostLookup, lookupBySystem, refusedAddress } from './guarded-connect.js';

export { EgressFailed, EgressRefused, type EgressFailureKind, type RefusalReason } from './egress-errors.js';

export interface EgressOptions {
  /** Networks that may be reached although they are not public. */
  allow: readonly Cidr[];
  /** Milliseconds for a request as a whole, from the lookup to the last byte of the answer. Default 5,000. */
  timeoutMs?: number;
  /** The longest answer that is read, in bytes of body. Default 65,536. */
  maxResponseBytes?: number;
  /** How host names are resolved. Default: the operating system's resolver. */
  lookup?: HostLookup;
}

export interface EgressRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers: Record<string, string>;
  body?: string | Buffer;
  /** Gives the request up before its deadline. */
  signal?: AbortSignal;
}

/** The answer as it came: a redirect (3xx) is an answer like any other and is never followed. */
export interface EgressResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/**
 * The one way out by HTTP to addresses that people or other programs have given (OWASP ASVS 5.0 1.3.6): http and https only, no
 * user information in the URL, public or explicitly allowed addresses only, no redirects, one deadline for all, a bounded answer.
 */
export class Egress {
  private readonly allow: readonly Cidr[];
  private readonly timeoutMs: number;
  private readonly maxResponseBytes: number;
  private readonly lookup: HostLookup;
  private readonly agent: Agent;

  constructor({ allow, timeoutMs = 5_000, maxResponseBytes = 65_536, lookup = lookupBySystem }: EgressOptions) {
    this.allow = allow;
    this.timeoutMs = timeoutMs;
    this.maxResponseBytes = maxResponseBytes;
    this.lookup = lookup;
    this.agent = new Agent({
      connect: guardedConnector(allow, lookup, timeoutMs),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /**
   * Sends one request and reads the whole answer.
   *
   * @throws EgressRefused when the target is not permitted; nothing was sent.
   * @throws EgressFailed when it is permitted and no complete answer came.
   */
  async request(url: string, init: EgressRequest): Promise<EgressResponse> {
    const target = permittedUrl(url);
    const deadline = AbortSignal.timeout(this.timeoutMs);
    const signal = init.signal === undefined ? deadline : AbortSignal.any([deadline, init.signal]);
    const progress: Progress = {};
    try {
      signal.throwIfAborted();
      // undici notices an abort only once there is a connection, which a hanging lookup never gives.
      return await untilAborted(this.exchange(target, { ...init, signal }, progress), signal);
    } catch (error) {
      if (error instanceof EgressRefused || error instanceof EgressFailed) throw error;
      if (init.signal?.aborted) throw new EgressFailed('cancelled', 'The request was given up.', progress.status);
      if (deadline.aborted) {
        throw new EgressFailed('timeout', `No complete answer within ${this.timeoutMs} ms.`, progress.status);
      }
      throw new EgressFailed('connection', describe(error), progress.status);
    }
  }

  /**
   * For protocols that bring their own connections (SMTP, for one): that every address of this host may be reached at this moment.
   * It cannot keep the name from answering differently later, as `request` does.
   *
   * @throws EgressRefused when one of its addresses is off limits.
   * @throws EgressFailed when the name cannot be resolved.
   */
  async assertHost(host: string): Promise<void> {
    const bare = host.replace(/^\[|\]$/g, '');
    const addresses = isIP(bare) === 0 ? await this.addressesOf(bare) : [bare];
    if (addresses.length === 0 || addresses.some((address) => isForbiddenAddress(address, this.allow))) {
      throw refusedAddress(host);
    }
  }

  /** Ends idle connections and waits for the requests under way, each of which has its deadline. */
  async close(): Promise<void> {
    await this.agent.close();
  }

  private async addressesOf(hostname: string): Promise<string[]> {
    try {
      return (await this.lookup(hostname)).map(({ address }) => address);
    } catch (error) {
      throw new EgressFailed('connection', describe(error));
    }
  }

  private async exchange(target: URL, init: EgressRequest, progress: Progress): Promise<EgressResponse> {
    const response = await request(target, { ...init, dispatcher: this.agent });
    progress.status = response.statusCode;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > this.maxResponseBytes) {
        // Leaving the loop destroys the stream, and the connection with it.
        throw new EgressFailed(
          'response-too-large',
          `The answer is longer than ${this.maxResponseBytes} bytes.`,
          response.statusCode,
        );
      }
      chunks.push(chunk);
    }
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') };
  }
}

/** How far an exchange has come, for the one who has to explain why it went no further. */
interface Progress {
  status?: number;
}

function permittedUrl(text: string): URL {
  if (!URL.canParse(text)) throw new EgressRefused('url', 'This is not a URL.');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new EgressRefused('scheme', `Only http and https are permitted, not ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new EgressRefused('credentials', 'User names and passwords in URLs are not permitted.');
  }
  return url;
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const giveUp = () => reject(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function describe(error: unknown): string {
  if (!isNativeError(error)) return 'The connection failed.';
  const { code } = error as NodeJS.ErrnoException;
  // Several addresses tried in vain give an error without a message of its own.
  return error.message === '' ? `The connection failed (${code ?? error.name}).` : error.message;
}
