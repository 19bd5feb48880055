import Link from 'next/link';
import { cn } from '../ui/cn';
import { NONE } from '../ui/format';
import { modelHref } from './href';

/** A model by its id, leading to its page; a dash for none. Long ids are cut where there is no room. */
export function ModelLink({ id, className }: { id: string | null; className?: string }) {
  if (id === null) return <span className="text-faint">{NONE}</span>;
  return (
    <Link
      href={modelHref(id)}
      prefetch={false}
      title={id}
      className={cn(
        'inline-block max-w-64 truncate rounded-sm align-bottom font-mono underline decoration-line-strong underline-offset-2 hover:text-accent',
        className,
      )}
    >
      {id}
    </Link>
  );
}
