import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { lineField, numberField, saysFailed } from '../shared/fields';
import { compareStamps, keepNewest } from '../shared/order';
import { told } from './read';
import type { ConfigTraining, Export, Run, TrainingState } from './state';
import { configFor } from './tables';

/** Exports remembered per config, for the runs that are decided on after them. */
const MAX_EXPORTS = 16;

/**
 * An export trains the runs that its config decides on after it, until the next one. Start and end belong together by
 * their file. The start counts too: the stage bus reports ends without their config, and the export before would be
 * taken for the data of the run.
 */
export function exported(state: TrainingState, event: StoredEvent, touch: Touch): void {
  if (event.config === null || saysFailed(event.payload)) return;
  const config = configFor(state, event.config, event, touch);
  const found = exportFor(config, event);
  describe(found, event);
  for (let index = config.runs.length - 1; index >= 0; index -= 1) {
    const run = config.runs[index];
    if (run === undefined || run.begin < found.t) break;
    bindExport(config, run);
    touch('training.runs', run.id);
  }
}

function exportFor(config: ConfigTraining, event: StoredEvent): Export {
  const path = lineField(event.payload, 'output_path');
  const known = path === null ? undefined : config.exports.find((each) => each.path === path);
  if (known !== undefined) {
    if (event.timestamp >= known.t) return known;
    config.exports.splice(config.exports.indexOf(known), 1);
    known.t = event.timestamp;
    known.s = event.seq;
  }
  const added = known ?? { ...told(event), path, samples: null, games: null, seconds: null, done: null };
  keepNewest(config.exports, added, MAX_EXPORTS);
  return added;
}

function describe(found: Export, event: StoredEvent): void {
  const { payload } = event;
  if (event.eventType === 'NPZ_EXPORT_STARTED') {
    found.games ??= numberField(payload, 'games_to_export');
    return;
  }
  found.id = event.eventId;
  found.done = event.timestamp;
  found.samples = numberField(payload, 'samples_exported') ?? found.samples;
  found.games = numberField(payload, 'games_exported') ?? found.games;
  found.seconds = numberField(payload, 'duration_seconds') ?? found.seconds;
}

/** Takes the newest export of the config before the run began as its data. */
export function bindExport({ exports }: ConfigTraining, run: Run): void {
  // An earlier event of the run came late: what was taken for its data is younger than the run.
  if (run.export !== null && run.export.t > run.begin) run.export = null;
  const found = exports.findLast(({ t }) => t <= run.begin);
  if (found !== undefined && (run.export === null || compareStamps(run.export, found) < 0))
    run.export = found;
}
