import * as fc from 'fast-check';
import { isForbiddenAddress, parseCidrs } from './address-rules.js';

const octet = fc.integer({ min: 0, max: 255 });
const ipv4In = (...prefix: number[]) =>
  fc.tuple(...Array.from({ length: 4 - prefix.length }, () => octet)).map((rest) => [...prefix, ...rest].join('.'));

describe('addresses that may be connected to', () => {
  it.each([
    ['unspecified', '0.0.0.0'],
    ['"this network"', '0.1.2.3'],
    ['loopback', '127.0.0.1'],
    ['loopback, any', '127.255.255.254'],
    ['private 10/8', '10.1.2.3'],
    ['private 172.16/12', '172.31.255.255'],
    ['private 192.168/16', '192.168.0.1'],
    ['shared (carrier NAT)', '100.64.0.1'],
    ['link-local', '169.254.1.1'],
    ['metadata service', '169.254.169.254'],
    ['documentation', '192.0.2.1'],
    ['benchmarking', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['6to4 relay anycast', '192.88.99.1'],
    ['IPv6 unspecified', '::'],
    ['IPv6 loopback', '::1'],
    ['IPv6 loopback in full', '0:0:0:0:0:0:0:1'],
    ['IPv4-compatible loopback', '::127.0.0.1'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped, in hexadecimal', '::ffff:7f00:1'],
    ['IPv4-mapped public', '::ffff:93.184.215.14'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64, local', '64:ff9b:1::a00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001::7f00:1'],
    ['unique local', 'fd12:3456::1'],
    ['IPv6 metadata service', 'fd00:ec2::254'],
    ['IPv6 link-local', 'fe80::1'],
    ['IPv6 link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['IPv6 documentation', '2001:db8::1'],
    ['discard', '100::1'],
    ['never assigned', '4000::1'],
    ['a name', 'localhost'],
    ['nothing', ''],
    ['spelled in hexadecimal', '0x7f.1'],
    ['spelled as one number', '2130706433'],
  ])('refuses %s: %s', (_name, ip) => {
    expect(isForbiddenAddress(ip, [])).toBe(true);
  });

  it.each(['93.184.215.14', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])(
    'permits the public %s',
    (ip) => {
      expect(isForbiddenAddress(ip, [])).toBe(false);
    },
  );

  it('permits exactly what an allowed network holds', () => {
    const allow = parseCidrs('10.20.0.0/16');
    fc.assert(
      fc.property(ipv4In(10), (ip) => {
        expect(isForbiddenAddress(ip, allow)).toBe(!ip.startsWith('10.20.'));
      }),
    );
  });

  it('treats an IPv4-mapped address as the address it carries when that one is allowed', () => {
    const allow = parseCidrs('10.20.0.0/16');
    expect(isForbiddenAddress('::ffff:10.20.3.4', allow)).toBe(false);
    expect(isForbiddenAddress('::ffff:10.21.3.4', allow)).toBe(true);
  });

  it('never permits a private address in any IPv6 form', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4In(10), ipv4In(127), ipv4In(192, 168), ipv4In(169, 254)), (ip) => {
        for (const prefix of ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::']) {
          expect(isForbiddenAddress(`${prefix}${ip}`, [])).toBe(true);
        }
      }),
    );
  });

  it('allows IPv6 networks too, and does not mix the families up', () => {
    const allow = parseCidrs('fd00:1::/32, ::/0');
    expect(isForbiddenAddress('fd00:1::5', parseCidrs('fd00:1::/32'))).toBe(false);
    expect(isForbiddenAddress('10.0.0.1', allow)).toBe(true);
  });
});

describe('the list of allowed networks', () => {
  it('takes commas and white space, and nothing', () => {
    expect(parseCidrs(' 10.0.0.0/8,192.168.0.0/16\n fd00::/8 ,')).toHaveLength(3);
    expect(parseCidrs('  ')).toEqual([]);
  });

  it.each(['10.0.0.0', '10/8', '10.0.0.0/33', '10.0.0.0/', 'fd00::/129', 'intranet', '0x0a.0.0.0/8', '10.0.0.0/8/8'])(
    'names the entry %s, which is no network',
    (entry) => {
      const reading = () => parseCidrs(`192.168.0.0/16, ${entry}`);
      expect(reading).toThrow(RangeError);
      expect(reading).toThrow(`"${entry}"`);
    },
  );
});
