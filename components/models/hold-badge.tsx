import type { Hold } from '@/domain/projections/models';
import { Badge } from '../ui/signs/badge';

/** Says that a model was rolled back and is not to be promoted again before an operator lifts the hold. */
export function HoldBadge({ hold }: { hold: Hold | null }) {
  if (hold === null) return null;
  return (
    <Badge
      tone="warn"
      shape
      title={`Held since ${hold.by} rolled it back: ${hold.reason ?? 'no reason given'}`}
    >
      held
    </Badge>
  );
}
