import type { Look } from './look';
import { markPath } from './look';
import type { ChartSeries } from '../types';

/** A series in small, as it is drawn. */
export function Swatch({ look, kind }: { look: Look; kind: ChartSeries['kind'] }) {
  const line = kind === 'line' || kind === 'step' || kind === 'area';
  return (
    <svg viewBox="0 0 20 10" width="20" height="10" aria-hidden className="shrink-0">
      {kind === 'bars' && <path d="M5 9V2h10v7z" fill={look.colour} />}
      {line && <path d="M0 5h20" stroke={look.colour} strokeWidth="1.75" strokeDasharray={look.dash} />}
      {kind !== 'bars' && (
        <path d={markPath(look.mark, 10, 5, 2.8)} fill={look.colour} stroke={look.colour} />
      )}
    </svg>
  );
}
