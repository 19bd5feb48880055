import { isIP } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS = 8;
const OF_NETWORK = 4;

/**
 * Whom limits by address count together: an IPv4 address, or the /64 of an IPv6 address, since whoever has one address of
 * such a network has all of them. Text that is no address stays as it is.
 */
export function networkOf(address: string): string {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [bare = ''] = address.split('%');
  if (isIP(bare) !== 6) return address;
  const [head = '', tail] = bare.split('::');
  const first = groupsOf(head);
  if (tail !== undefined) {
    const last = groupsOf(tail);
    // An IPv4 address at the end takes the place of two groups.
    const places = first.length + last.length + (tail.includes('.') ? 1 : 0);
    first.push(...Array<string>(Math.max(0, GROUPS - places)).fill('0'), ...last);
  }
  const network = first.slice(0, OF_NETWORK).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
