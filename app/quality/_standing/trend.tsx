import { NONE } from '@/components/ui/format';

/** Slopes below this are noise of the measurement: a hundredth in an hour. */
const FLAT = 0.01;

/** A slope as an arrow and a figure; colour only where it is worth a look. */
export function Trend({ perHour }: { perHour: number | null }) {
  if (perHour === null) return <span className="text-faint">{NONE}</span>;
  const flat = Math.abs(perHour) < FLAT;
  const [arrow, word] = flat ? ['→', 'steady'] : perHour > 0 ? ['↗', 'rising'] : ['↘', 'falling'];
  const tone = flat ? 'text-faint' : perHour > 0 ? 'text-ok' : 'text-warn';
  return (
    <span className={tone} title={word}>
      <span aria-hidden>{arrow}</span> <span className="sr-only">{word}</span>
      {perHour < 0 ? '−' : '+'}
      {Math.abs(perHour).toFixed(3)}
      <span className="text-faint">/h</span>
    </span>
  );
}
