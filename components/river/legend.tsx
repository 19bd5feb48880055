import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import { SEVERITIES } from '@/domain/events/envelope';

/** What the marks mean. */
export function Legend() {
  return (
    <ul aria-label="Severities" className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-2xs text-dim">
      {SEVERITIES.map((severity) => (
        <li key={severity}>
          <SeverityIcon severity={severity} showLabel />
        </li>
      ))}
      <li className="text-faint">
        a bar: several events, the higher the more; its coloured foot: warnings or worse
      </li>
    </ul>
  );
}
