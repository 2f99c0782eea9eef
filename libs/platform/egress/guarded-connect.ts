import { type LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { type LookupFunction, isIP } from 'node:net';
import { buildConnector } from 'undici';
import { type Cidr, isForbiddenAddress } from './address-rules.js';
import { EgressRefused } from './egress-errors.js';

/** Answers all addresses of a host name. */
export type HostLookup = (hostname: string) => Promise<LookupAddress[]>;

/** The operating system's resolver (hosts file, then DNS), in the order in which it answers. */
export const lookupBySystem: HostLookup = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

/** The refusal of a host, which is named; the rest of a URL may be a secret. */
export function refusedAddress(hostname: string): EgressRefused {
  return new EgressRefused(
    'address',
    `${hostname} is not a public address. Networks of one's own are permitted by CODEGREY_EGRESS_ALLOW.`,
  );
}

/**
 * A connector that opens sockets to permitted addresses only. An address in the URL is checked before the connection, since no
 * lookup happens for it; for a name, the socket gets the very addresses that were checked, so a name that answers differently
 * the second time (DNS rebinding) gains nothing.
 */
export function guardedConnector(
  allow: readonly Cidr[],
  lookup: HostLookup,
  timeoutMs: number,
): buildConnector.connector {
  const connect = buildConnector({ lookup: guardedLookup(allow, lookup), timeout: timeoutMs });
  return (options, callback) => {
    if (isIP(options.hostname) !== 0 && isForbiddenAddress(options.hostname, allow)) {
      queueMicrotask(() => callback(refusedAddress(options.hostname), null));
      return;
    }
    connect(options, callback);
  };
}

/** A `lookup` for sockets which answers only the permitted ones of a name's addresses, and refuses a name that has none. */
function guardedLookup(allow: readonly Cidr[], lookup: HostLookup): LookupFunction {
  return (hostname, options, callback) => {
    void lookup(hostname).then(
      (found) => {
        const permitted = found.filter(({ address }) => !isForbiddenAddress(address, allow));
        const [first] = permitted;
        if (first === undefined) callback(refusedAddress(hostname), []);
        else if (options.all === true) callback(null, permitted);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}
