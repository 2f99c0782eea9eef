import ipaddr from 'ipaddr.js';

type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

/** A network in CIDR notation (RFC 4632, RFC 4291): the addresses that share `prefixLength` leading bits with `network`. */
export interface Cidr {
  readonly network: IpAddress;
  readonly prefixLength: number;
}

/** All of IPv6 that is assigned as global unicast (RFC 4291 section 2.4, IANA registry). */
const globalUnicastV6: Cidr = { network: ipaddr.parse('2000::'), prefixLength: 3 };

/**
 * Reads a list of networks, separated by commas or white space, such as `10.20.0.0/16, fd00:1::/32`. An empty list is no network.
 *
 * @throws RangeError naming the first entry that is not in CIDR notation.
 */
export function parseCidrs(list: string): Cidr[] {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map(parseCidr);
}

function parseCidr(entry: string): Cidr {
  // The library also reads inet_aton spellings such as "10.1/16", which people and programs understand differently.
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(entry) && !ipaddr.IPv6.isValidCIDR(entry)) {
    throw new RangeError(`"${entry}" is not a network in CIDR notation, such as 10.20.0.0/16 or fd00:1::/32`);
  }
  const [network, prefixLength] = ipaddr.parseCIDR(entry);
  return { network, prefixLength };
}

/**
 * Whether an outgoing connection to this address is refused: everything that is not global unicast (loopback, link-local with the
 * metadata services, private, shared, multicast, reserved, and the IPv6 forms that carry an IPv4 address: mapped, 6to4, NAT64,
 * Teredo) unless it lies in one of the allowed networks. An IPv4-mapped address also counts as the IPv4 address that it carries.
 * What is not an address at all is refused.
 */
export function isForbiddenAddress(ip: string, allow: readonly Cidr[]): boolean {
  if (!ipaddr.isValid(ip)) return true;
  const address = ipaddr.parse(ip);
  if (isGlobalUnicast(address)) return false;
  const reached = ipaddr.process(ip);
  return !allow.some((cidr) => isInside(address, cidr) || isInside(reached, cidr));
}

function isGlobalUnicast(address: IpAddress): boolean {
  if (address.range() !== 'unicast') return false;
  // The library calls unicast whatever no special range names, among it the IPv4-compatible ::127.0.0.1.
  return address.kind() === 'ipv4' || isInside(address, globalUnicastV6);
}

function isInside(address: IpAddress, { network, prefixLength }: Cidr): boolean {
  return address.kind() === network.kind() && address.match(network, prefixLength);
}
