import * as z from 'zod';
import type { States } from '../../../../domain/projections';
import { services } from '../../../services';
import { procedure, router } from '../../trpc/trpc';
import { timelines, windowOf } from './bands';
import { nodeDetail } from './detail';
import { fleet, type Fleet } from './fleet';
import { leadership } from './leadership';
import { nodeResults, type Results } from './results';

export type { WireAvailability, WireBand, Timelines } from './bands';
export type { NodeDetailAnswer, Total } from './detail';
export type { Fleet, FleetRow } from './fleet';
export type { Leadership } from './leadership';
export type { Comparison, FailureKind, Outcome, ResultKind, ResultRow, Results } from './results';

const name = z.string().max(200);
const window = { since: z.number().nullable().default(null), until: z.number().nullable().default(null) };

/** Spans over which results are compared. */
export const SPANS = { '24h': 86_400, '7d': 604_800 } as const;
export type SpanId = keyof typeof SPANS;

/** An answer about the whole fleet serves all browsers that ask within so many milliseconds, or while nothing came. */
const SHARED_MS = 5_000;

/** Remembers the last answer per question: a plain result, never a part of the state. */
function shared<A>(make: (states: States, key: string) => A): (key: string) => A {
  const answers = new Map<string, { seq: number; at: number; answer: A }>();
  return (key) => {
    const { live } = services();
    const [seq, at] = [live.status().as_of_seq, Date.now()];
    const known = answers.get(key);
    if (known !== undefined && (known.seq === seq || at - known.at < SHARED_MS)) return known.answer;
    const answer = make(live.states(), key);
    answers.set(key, { seq, at, answer });
    return answer;
  };
}

export const fleetNow: (key: 'all') => Fleet = shared((states) => fleet(states));
export const resultsNow: (span: SpanId) => Results = shared((states, span) =>
  nodeResults(states.nodes, SPANS[span as SpanId]),
);

/** What the pages /nodes and /nodes/<node> ask for beyond their live topics. */
export const nodesProcedures = router({
  fleet: procedure.query(() => fleetNow('all')),
  results: procedure
    .input(z.strictObject({ span: z.enum(['24h', '7d']) }))
    .query(({ input }) => resultsNow(input.span)),
  timelines: procedure
    .input(z.strictObject({ nodes: z.array(name).max(100), ...window }))
    .query(({ input }) => timelines(services().live.states().nodes, input)),
  leadership: procedure.input(z.strictObject(window)).query(({ input }) => {
    const { nodes } = services().live.states();
    return leadership(nodes, ...windowOf(nodes, input));
  }),
  node: procedure
    .input(z.strictObject({ node: name, ...window }))
    .query(({ input }) => nodeDetail(services().live.states(), input)),
});
