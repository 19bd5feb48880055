import type { ModelEntity } from '@/domain/realtime/entities';
import { Badge } from '../ui/signs/badge';
import { MODEL_TONE } from '../ui/signs/tone';

export type ModelStatus = ModelEntity['status'];

/** What each status means, in the words of the cluster. */
export const STATUS_MEANS: Readonly<Record<ModelStatus, string>> = {
  champion: 'Plays for its config now, and is what others are measured against',
  previous: 'The champion before; where a rollback without a target leads',
  candidate: 'Did well enough to be considered for promotion',
  evaluating: 'Is being measured',
  evaluated: 'Was measured; not decided yet',
  trained: 'Came out of a training; not measured yet',
  retired: 'Was champion, before the previous one',
  rejected: 'Did not meet the bar',
  rolled_back: 'Was promoted, and the promotion was taken back',
  corrupted: 'Its file is missing or broken, and nothing said since that it was restored',
};

export function statusLabel(status: ModelStatus): string {
  return status.replaceAll('_', ' ');
}

export function ModelStatusBadge({ status }: { status: ModelStatus }) {
  return (
    <Badge tone={MODEL_TONE[status]} shape title={STATUS_MEANS[status]}>
      {statusLabel(status)}
    </Badge>
  );
}
