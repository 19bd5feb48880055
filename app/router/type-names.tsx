import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/over/popover';
import { formatCount } from '@/components/ui/format';
import { humanise } from '@/components/ui/format';

/** The types of a subscription: the first in the row, all of them on a press. */
export function TypeNames({ types, all }: { types: readonly string[]; all: boolean }) {
  const [first] = types;
  if (all || first === undefined) return <span className="text-dim">all types</span>;
  if (types.length === 1) return <code className="whitespace-nowrap">{first}</code>;
  return (
    <Popover>
      <PopoverTrigger className="rounded-sm whitespace-nowrap text-dim underline decoration-line-strong underline-offset-2 hover:text-accent">
        {humanise(first)} and {formatCount(types.length - 1)} more
      </PopoverTrigger>
      <PopoverContent aria-label="Subscribed types" className="max-h-80">
        <ul className="flex flex-col gap-0.5 font-mono text-xs">
          {types.map((type) => (
            <li key={type}>{type}</li>
          ))}
        </ul>
      </PopoverContent>
    </Popover>
  );
}
