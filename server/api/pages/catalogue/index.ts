import * as z from 'zod';
import { normaliseEventType } from '../../../../domain/events';
import type { WireEvent } from '../../../../domain/events/envelope';
import { toWire } from '../../../../domain/events/envelope';
import type { States } from '../../../../domain/projections';
import { driftByType, typeSeries, type TypeDrift } from '../../../../domain/projections/traffic';
import { services } from '../../../services';
import { procedure, router } from '../../trpc/trpc';

/** What an opened type shows beyond its entry. */
export interface TypeDetail {
  /** The newest event of the type; null when history has none. */
  readonly example: WireEvent | null;
  /** How its payloads differ from the entry; null when none does. */
  readonly drift: TypeDrift | null;
  /** Events per 10 minutes over the last 24 h of event time, oldest first; null when none was seen. */
  readonly day: readonly number[] | null;
}

/** What the folded state knows of one type. */
export function typeFigures(
  states: Pick<States, 'traffic'>,
  type: string,
): Pick<TypeDetail, 'drift' | 'day'> {
  return {
    drift: driftByType(states.traffic, type)[0] ?? null,
    day: typeSeries(states.traffic, type, 'tens'),
  };
}

/** What the page /catalogue asks for beyond its live topics. */
export const catalogueProcedures = router({
  /** `type` in any spelling. */
  detail: procedure
    .input(z.strictObject({ type: z.string().min(1).max(200) }))
    .query(async ({ input }): Promise<TypeDetail> => {
      const { history, live } = services();
      const type = normaliseEventType(input.type);
      const page = await history.query({ type: [type] }, { order: 'desc', limit: 1, count: false });
      const [newest] = page.events;
      return {
        example: newest === undefined ? null : toWire(newest),
        ...typeFigures(live.states(), type),
      };
    }),
});
