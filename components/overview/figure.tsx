import Link from 'next/link';
import type { ReactNode } from 'react';
import { Stat } from '@/components/ui/panel/stat';

/** One key figure as a tile that leads to the page behind it. */
export function Figure({
  href,
  label,
  value,
  unit,
  hint,
  aside,
}: {
  href: string;
  label: string;
  value: ReactNode;
  unit?: ReactNode;
  hint: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="flex min-w-0 items-end gap-2 rounded-md border bg-surface px-3 py-1.5 hover:border-accent"
    >
      <Stat label={label} value={value} unit={unit} hint={hint} className="flex-1" />
      {aside !== undefined && <span className="shrink-0 self-center">{aside}</span>}
    </Link>
  );
}
