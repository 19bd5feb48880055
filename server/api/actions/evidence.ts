import { viewTime } from '../../../domain/realtime/view-time';
import type { States } from '../../../domain/projections';
import { configEntity } from '../../../domain/projections/models';
import { qualityEntity } from '../../../domain/projections/quality/standing';
import { services } from '../../services';
import { ApiError } from '../refusals/errors';
import { nodeChanges, type NodeChange } from './nodes-change';
import { sideOf, type Side } from './sides';
import { recoveryRefusal, warningsOf, type Warning } from './warnings';

/** All that an operator weighs before a change of champion, as it is at one moment. Times are epoch seconds. */
export type Evidence = {
  at: number;
  as_of_seq: number;
  config: string | null;
  /** The model that would become champion. */
  coming: Side;
  /** The champion now. */
  going: Side | null;
  champion: string | null;
  champion_since: number | null;
  /** How good the games of the config are now. */
  data: { state: string; average: number | null; threshold: number } | null;
  nodes: NodeChange[];
  /** All nodes concerned, also those not listed. */
  nodes_total: number;
  warnings: Warning[];
  /** Earlier champions that a rollback can lead to, the last one first; none for a promotion. */
  choices: string[];
  /** What makes it impossible now; null when nothing does. */
  refusal: string | null;
  /** An admin can do it in spite of that. */
  forcible: boolean;
};

const MOST_CHOICES = 20;

/** Epoch seconds: an operator decides now, also when no event has come for days. */
function nowOf(): number {
  return Math.max(Date.now() / 1000, services().live.clock() ?? 0);
}

type Found = Omit<Evidence, 'refusal' | 'choices' | 'forcible'>;

function evidenceOf(states: States, coming: Side, config: string | null): Found {
  const { live } = services();
  const at = nowOf();
  const entry = config === null ? undefined : configEntity(states.models, config);
  const champion = entry?.champion ?? null;
  const going = champion === null ? null : sideOf(states, config, champion);
  const quality = config === null ? undefined : qualityEntity(states.quality, config);
  const { nodes, total } = nodeChanges(states, coming.model_id, champion);
  return {
    at,
    as_of_seq: live.status().as_of_seq,
    ...{ config, coming, going, champion, nodes, nodes_total: total },
    champion_since: entry?.champion_since ?? null,
    data:
      quality === undefined
        ? null
        : { state: quality.state, average: quality.average, threshold: quality.threshold },
    // As the ages beside them count: a record of the past is not older than it was at its end.
    warnings: warningsOf(states, coming, going, viewTime(at, live.clock())),
  };
}

function known(states: States, id: string): { side: Side; config: string | null } {
  const config = states.models.models.get(id)?.config ?? null;
  const side = sideOf(states, config, id);
  if (side === null) throw new ApiError('not_found', `no model ${id} is known`);
  return { side, config };
}

/** What speaks for and against promoting the model. Throws ApiError `not_found`. */
export function promotionEvidence(states: States, id: string): Evidence {
  const { side, config } = known(states, id);
  const evidence = evidenceOf(states, side, config);
  const impossible = promotionRefusal(evidence);
  const recovery = impossible === null ? recoveryRefusal(states) : null;
  return { ...evidence, choices: [], refusal: impossible ?? recovery, forcible: recovery !== null };
}

function promotionRefusal({ config, coming, champion }: Found): string | null {
  if (config === null) return `No event says which config ${coming.model_id} belongs to.`;
  if (champion === coming.model_id) return `${coming.model_id} is the champion already.`;
  return null;
}

/** What speaks for and against taking the champion back to an earlier one; by default to the one before. */
export function rollbackEvidence(states: States, id: string, to: string | null): Evidence {
  const { config } = known(states, id);
  const reigns = config === null ? [] : (states.models.configs.get(config)?.champions.reigns ?? []);
  const former = [...new Set(reigns.map(({ model }) => model).reverse())].filter((model) => model !== id);
  const target = to ?? former[0] ?? null;
  if (target === null)
    throw new ApiError(
      'conflict',
      `${id} has no champion before it that is known: there is nothing to go back to`,
    );
  const evidence = evidenceOf(states, known(states, target).side, config);
  // Where a champion fails nobody waits for figures: only what breaks the one that returns is asked about.
  const warnings = evidence.warnings.filter(({ code }) => code === 'corrupted' || code === 'held');
  return {
    ...evidence,
    warnings,
    choices: former.slice(0, MOST_CHOICES),
    refusal: rollbackRefusal(evidence, id, former),
    forcible: false,
  };
}

function rollbackRefusal({ champion, coming }: Found, id: string, former: readonly string[]): string | null {
  if (champion !== id) return `${id} is not the champion.`;
  if (!former.includes(coming.model_id)) return `${coming.model_id} was not champion before ${id}.`;
  return null;
}
