import { MARKS } from './grid-look';
import { STATUS_MEANING, STATUS_ORDER } from '../status';
import { StatusShape } from '../status-shape';

export function GridLegend() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 border-t px-3 py-1.5 text-2xs text-faint">
      {STATUS_ORDER.toReversed().map((status) => (
        <li key={status} className="flex items-center gap-1" title={STATUS_MEANING[status]}>
          <StatusShape status={status} /> <span className="explained">{status}</span>
        </li>
      ))}
      <li className="flex items-center gap-1">
        <span aria-hidden className="inline-block h-1 w-4 bg-line-strong" /> busiest of CPU, GPU and memory
      </li>
      {MARKS.map(({ letter, meaning }) => (
        <li key={letter}>
          <span className="font-semibold text-fg">{letter}</span> {meaning}
        </li>
      ))}
    </ul>
  );
}
