import type { TrainingRunEntity } from '@/domain/projections/training/entities';
import type { PageInput } from '../../_client/page/page-search';

/** What is drawn while nobody chose runs: those under way, else the newest that ended. */
const DRAWN_ACTIVE = 4;
const DRAWN_ENDED = 3;

const begin = ({ started_at, triggered_at, updated_at }: TrainingRunEntity): number =>
  started_at ?? triggered_at ?? updated_at;
export const newestFirst = (a: TrainingRunEntity, b: TrainingRunEntity): number => begin(b) - begin(a);

export function isUnderWay({ status }: TrainingRunEntity): boolean {
  return status === 'running' || status === 'queued';
}

/** The runs of the configs asked for of which some lies in the stretch asked for, newest first. */
export function runsIn(all: Iterable<TrainingRunEntity>, input: PageInput): TrainingRunEntity[] {
  const { configs, since, until } = input;
  return [...all]
    .filter(
      (run) =>
        (configs.length === 0 || (run.config !== null && configs.includes(run.config))) &&
        (since === null || (run.ended_at ?? run.updated_at) >= since) &&
        (until === null || begin(run) <= until),
    )
    .sort(newestFirst);
}

/** The job ids to draw where the URL names none; `runs` are sorted newest first. */
export function runsToDraw(runs: readonly TrainingRunEntity[]): string[] {
  const drawable = runs.filter(({ epoch }) => epoch !== null);
  const active = drawable.filter(isUnderWay).slice(0, DRAWN_ACTIVE);
  const chosen = active.length > 0 ? active : drawable.slice(0, DRAWN_ENDED);
  return chosen.map(({ job_id }) => job_id);
}
