import { cn } from '../cn';
import { NONE } from '../format';

/** A config by its name; a dash for none. A long one is cut and told in full on hover: the figures beside it stay in view. */
export function ConfigName({
  name,
  narrow = false,
  className,
}: {
  name: string | null;
  /** Cut sooner, where many columns stand beside it. */
  narrow?: boolean;
  className?: string;
}) {
  return (
    <span
      title={name ?? undefined}
      className={cn(
        'inline-block truncate align-bottom font-mono',
        narrow ? 'max-w-24 sm:max-w-28' : 'max-w-32 sm:max-w-48',
        className,
      )}
    >
      {name ?? NONE}
    </span>
  );
}
