import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { Button } from '../../ui/controls/button';

export interface Up {
  readonly href: string;
  /** The title of the page it leads to. */
  readonly label: string;
}

/** From the page of one thing to the list that it stands in; above the title of each such page. */
export function WayUp({ href, label }: Up) {
  return (
    <Button asChild variant="ghost" className="-ml-2 self-start">
      <Link href={href}>
        <ArrowLeft className="size-3.5" aria-hidden />
        {label}
      </Link>
    </Button>
  );
}
