import type { DriftFinding } from '../../events/envelope';
import type { EventRef, TypeTrafficEntity } from '../../realtime/entities';

/** Topic `traffic.types` (key: event type), as it is published. */
export type TypeEntity = TypeTrafficEntity & {
  /** Events of the last 60 minutes of event time. */
  rate_per_hour: number;
};

/** One way in which payloads of a type differ from the catalogue. */
export type DriftField = {
  /** The field, as a dotted path. */
  path: string;
  kind: DriftFinding['kind'];
  /** In words, as the newest event has it. */
  message: string;
  /** Events that differ in this way. */
  count: number;
  last: EventRef;
};

/** How the payloads of one type differ from the catalogue. */
export type TypeDrift = {
  event_type: string;
  category: string;
  events: number;
  drifted: number;
  last: EventRef | null;
  /** The commonest first. */
  fields: DriftField[];
  /** Findings in further fields, which are not told apart. */
  other_findings: number;
};
