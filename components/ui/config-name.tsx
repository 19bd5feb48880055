import { cn } from './cn';
import { NONE } from './format';

/** A config by its name; a dash for none. A long one is cut and told in full on hover: the figures beside it stay in view. */
export function ConfigName({ name, className }: { name: string | null; className?: string }) {
  return (
    <span
      title={name ?? undefined}
      className={cn(
        'inline-block max-w-32 truncate align-bottom font-mono whitespace-nowrap sm:max-w-48',
        className,
      )}
    >
      {name ?? NONE}
    </span>
  );
}
