import ipaddr from 'ipaddr.js';

/** All that is handed out to hosts of the Internet lies in here (RFC 4291, IANA's registry). */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an address is some host's on the Internet: not this machine, not its network, nobody's and not everybody's.
 * IPv6 addresses that carry an IPv4 one (mapped, 6to4, Teredo, NAT64) are none, whatever they carry.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(globalUnicast));
}

/** Whether two spellings are one address; what a dual-stack socket calls `::ffff:1.2.3.4` is 1.2.3.4. */
export const isSameAddress = (one: string, other: string): boolean =>
  ipaddr.isValid(one) && ipaddr.isValid(other) && String(ipaddr.process(one)) === String(ipaddr.process(other));
