import type { StoredEvent } from '../../events/envelope';
import { idsUnder } from '../shared/ids';
import type { Report } from './rules';

const clockId = idsUnder('clock');

/** An event whose time state could not use, `aheadS` seconds after its receipt: whose clock is wrong, and by how much. */
export function datedAhead({ hostname, node, source, eventType }: StoredEvent, aheadS: number): Report {
  const machine = hostname === '' ? (node ?? source) : hostname;
  return {
    id: clockId(machine),
    severity: 'warning',
    title: `${machine} dates its events ${span(aheadS)} ahead`,
    detail: `Its clock or time zone is wrong; they count from their receipt. Newest: ${eventType} of ${source}`,
    kind: 'cluster',
    subject: machine,
    page: `/events?${new URLSearchParams({ node: machine })}`,
    passes: true,
  };
}

/** In one unit: by how many minutes, hours or days tells a time zone from a dead battery. */
function span(seconds: number): string {
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${(seconds / 3_600).toFixed(1)} h` : `${Math.round(seconds / 86_400)} d`;
}
