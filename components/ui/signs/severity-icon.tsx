import type { Severity } from '@/domain/events/envelope';
import { StatusDot } from './status-dot';
import { SEVERITY_TONE } from './tone';

/** The severity of an event: shape and colour, its name for screen readers (and beside it with `showLabel`). */
export function SeverityIcon({
  severity,
  showLabel = false,
  className,
}: {
  severity: Severity;
  showLabel?: boolean;
  className?: string;
}) {
  return (
    <StatusDot tone={SEVERITY_TONE[severity]} label={severity} hideLabel={!showLabel} className={className} />
  );
}
