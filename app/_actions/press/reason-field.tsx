import { Textarea } from '@/components/ui/controls/textarea';
import { REASON_LEAST, REASON_MOST } from '@/domain/actions/input';
import { Labelled } from './labelled';

/** Why: for whoever reads the log a year later. */
export function ReasonField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Labelled
      label="Reason"
      hint={`${REASON_LEAST} to ${REASON_MOST} characters, for the log and the cluster`}
    >
      <Textarea value={value} onChange={(event) => onChange(event.target.value)} />
    </Labelled>
  );
}
