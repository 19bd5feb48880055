import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { nameField, numberField, saysFailed } from '../shared/fields';
import { compareStamps, keepNewest } from '../shared/order';
import { eloPointOf, evaluationOf, markOf } from './events';
import { addPoint } from './series';
import {
  addGames,
  configElo,
  MAX_EVALUATIONS,
  MAX_MARKS,
  MAX_RUNS,
  MAX_VELOCITIES,
  type ConfigElo,
  type EloState,
} from './state';

/** At most 500 configs with at most 4,000 points each; see `addPoint` for what happens beyond. */
export const MAX_CONFIGS = 500;
const MAX_POINTS = 4_000;

/** Takes in an event of a config; true when the config's entity may have changed. */
type Rule = (config: ConfigElo, event: StoredEvent) => boolean;

function rated(config: ConfigElo, event: StoredEvent): boolean {
  const point = eloPointOf(event);
  if (point !== null) addPoint(config.series, point, MAX_POINTS);
  if (event.eventType === 'EVALUATION_COMPLETED') {
    keepNewest(config.evaluations, evaluationOf(event), MAX_EVALUATIONS);
  }
  return true;
}

function marked(config: ConfigElo, event: StoredEvent): boolean {
  const mark = markOf(event);
  if (mark === null) return false;
  keepNewest(config.marks, mark, MAX_MARKS);
  return true;
}

function reported(config: ConfigElo, event: StoredEvent): boolean {
  const velocity = numberField(event.payload, 'new_velocity');
  if (velocity === null) return false;
  const { timestamp: t, seq: s, eventId: id } = event;
  keepNewest(config.velocities, { t, s, id, velocity }, MAX_VELOCITIES);
  return true;
}

/** Most epochs that a run is believed to have had; more is a number of something else. */
const MAX_EPOCHS = 1e6;

function trained(config: ConfigElo, event: StoredEvent): boolean {
  const epochs = numberField(event.payload, 'epochs');
  if (epochs === null || epochs <= 0 || epochs > MAX_EPOCHS || saysFailed(event.payload)) return false;
  const run = {
    t: event.timestamp,
    s: event.seq,
    model: nameField(event.payload, 'model_id'),
    epochs,
  };
  if (compareStamps(run, config.settled) < 0) {
    config.epochsBefore += epochs;
    return true;
  }
  keepNewest(config.runs, run, Infinity);
  while (config.runs.length > MAX_RUNS) {
    const oldest = config.runs.shift();
    if (oldest === undefined) break;
    config.epochsBefore += oldest.epochs;
    config.settled = { t: oldest.t, s: oldest.s };
  }
  return true;
}

/** Most games that one report is believed to bring. */
const MAX_GAMES = 1e9;

function played(config: ConfigElo, event: StoredEvent): boolean {
  const games = numberField(event.payload, 'games_generated');
  if (games === null || games <= 0 || games > MAX_GAMES || saysFailed(event.payload)) return false;
  addGames(config.games, Math.floor(event.timestamp / 3_600), games);
  // Pages read games with the next rating: at thousands of reports a second they would get nothing else.
  return false;
}

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['SELFPLAY_COMPLETE', played],
  ['ELO_UPDATED', rated],
  ['EVALUATION_COMPLETED', rated],
  ['TRAINING_COMPLETED', trained],
  ['ELO_VELOCITY_CHANGED', reported],
  ['MODEL_PROMOTED', marked],
  ['PROMOTION_REJECTED', marked],
  ['PROMOTION_ROLLED_BACK', marked],
  ['PLATEAU_DETECTED', marked],
  ['REGRESSION_DETECTED', marked],
  ['REGRESSION_MINOR', marked],
  ['REGRESSION_MODERATE', marked],
  ['REGRESSION_SEVERE', marked],
  ['REGRESSION_CRITICAL', marked],
]);

export const ELO_TYPES: readonly string[] = [...RULES.keys()];

export function foldElo(state: EloState, event: StoredEvent, touch: Touch): void {
  const rule = RULES.get(event.eventType);
  if (rule === undefined || event.config === null) return;
  let config = state.configs.get(event.config);
  if (config === undefined) {
    config = configElo();
    state.configs.set(event.config, config);
  }
  config.at = Math.max(config.at, event.timestamp);
  const changed = rule(config, event);
  evictLowest(
    state.configs,
    MAX_CONFIGS,
    ({ at }) => at,
    (key) => touch('elo.configs', key),
  );
  if (changed) touch('elo.configs', event.config);
}
