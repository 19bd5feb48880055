import { configOf } from '../../../../domain/events';
import { toRow } from '../../../../domain/events/row';
import type { EventRow, StoredEvent } from '../../../../domain/events/envelope';
import {
  modelEntity,
  reignsOf,
  successions,
  type HolderState,
  type ModelDetail,
  type ReignSpan,
} from '../../../../domain/projections/models';
import type { States } from '../../../../domain/projections';
import { namesField } from '../../../../domain/projections/shared/fields';
import { refOf } from '../../../../domain/projections/shared/order';
import type { EventRef } from '../../../../domain/realtime/entities';
import { challengesOf, evaluationsOf, type Challenge, type Evaluation } from './evaluations';
import { eventsNaming, eventsOf, isSearchable, type Reader } from './history';
import { lineageOf, type Lineage } from './lineage';

/** `before`: how the training came about; `own`: about the model; `naming`: about another model, and names this one. */
export type LifeStep = Pick<
  EventRow,
  'event_id' | 'seq' | 'event_type' | 'severity' | 'timestamp' | 'node' | 'summary'
> & { role: 'before' | 'own' | 'naming' };

export type Holder = { node: string; state: HolderState; at: number; seq: number };

/** One model from the games it learned from to the nodes that hold it. Times are epoch seconds. */
export type ModelLife = {
  model_id: string;
  config: string | null;
  /** Its figures now; null for one that the state does not hold (any more). */
  now: ModelDetail | null;
  /** The champion of its config now. */
  champion: string | null;
  reigns: ReignSpan[];
  lineage: Lineage;
  evaluations: Evaluation[];
  challenges: Challenge[];
  holders: Holder[];
  /** The newest invalidation of its cached copies that names no node, unless a distribution came after it. */
  unplaced_invalidation: EventRef | null;
  /** Oldest first; reports on the way of an evaluation are left out. */
  steps: LifeStep[];
  /** Events of the model in history, counted to 100,000. */
  events: number;
  /** False: history cannot look up an id without a letter or digit, so only the state speaks. */
  searchable: boolean;
};

/** The life of a model; null for an id that neither state nor history has. */
export async function modelLife(states: States, history: Reader, id: string): Promise<ModelLife | null> {
  const searchable = isSearchable(id);
  const [{ events: own, total }, naming] = searchable
    ? await Promise.all([eventsOf(history, id), eventsNaming(history, id)])
    : [{ events: [], total: 0 }, []];
  const config =
    states.models.models.get(id)?.config ??
    own.findLast((event) => event.config !== null)?.config ??
    configOf({ model_id: id });
  const { lineage, events: before } = await lineageOf(history, config, own);
  const known = knownOf(states, id, config);
  if (known.now === null && known.reigns.length === 0 && own.length + naming.length === 0) return null;
  return {
    model_id: id,
    config,
    ...known,
    lineage,
    evaluations: evaluationsOf(own),
    challenges: challengesOf(naming),
    unplaced_invalidation: unplacedInvalidation(own),
    steps: stepsOf(before, own, naming),
    events: total,
    searchable,
  };
}

/** What the folded state says, read at once. */
function knownOf(
  { models }: States,
  id: string,
  config: string | null,
): Pick<ModelLife, 'now' | 'champion' | 'reigns' | 'holders'> {
  const line = config === null ? undefined : models.configs.get(config)?.champions;
  const holders = [...(models.models.get(id)?.holders ?? [])];
  return {
    now: modelEntity(models, id) ?? null,
    champion: line?.reigns.at(-1)?.model ?? null,
    reigns: line === undefined ? [] : reignsOf(successions(line), id),
    holders: holders.map(([node, { v, t, s }]) => ({ node, state: v, at: t, seq: s })),
  };
}

function unplacedInvalidation(own: readonly StoredEvent[]): EventRef | null {
  const last = own.findLast(
    ({ eventType }) => eventType === 'CACHE_INVALIDATED' || eventType === 'MODEL_DISTRIBUTION_COMPLETE',
  );
  if (last?.eventType !== 'CACHE_INVALIDATED') return null;
  return namesField(last.payload, 'affected_nodes', 1).length === 0 ? refOf(last) : null;
}

const SILENT_TYPES: ReadonlySet<string> = new Set(['EVALUATION_PROGRESS']);

function stepsOf(
  before: readonly StoredEvent[],
  own: readonly StoredEvent[],
  naming: readonly StoredEvent[],
): LifeStep[] {
  const steps = [
    ...before.map((event) => stepOf(event, 'before')),
    ...own.filter(({ eventType }) => !SILENT_TYPES.has(eventType)).map((event) => stepOf(event, 'own')),
    ...naming
      .filter(({ eventType }) => eventType !== 'EVALUATION_COMPLETED')
      .map((event) => stepOf(event, 'naming')),
  ];
  return steps.sort((a, b) => a.timestamp - b.timestamp || a.seq - b.seq);
}

function stepOf(event: StoredEvent, role: LifeStep['role']): LifeStep {
  const { event_id, seq, event_type, severity, timestamp, node, summary } = toRow(event);
  return { event_id, seq, event_type, severity, timestamp, node, summary, role };
}
